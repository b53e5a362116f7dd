import { VoiceOpcodes } from 'discord-api-types/voice/v8';
import { splitCommitWelcome, type CommitWelcome } from './commit.js';
import { add, ExternalSender, remove } from './external-sender.js';
import { uint16, uint64, uint8, vector } from './mls.js';
import type { Participant } from './participant.js';

/** A leaf of the group's tree. */
interface Leaf {
  readonly participant: Participant;
  /** False once its holder has left or started over: the leaf is occupied until a commit removes it. */
  isHeld: boolean;
}

interface Change {
  readonly participant: Participant;
  /** Absent if they are to be removed. */
  readonly keyPackage?: Buffer;
  /** Whether the member to be added has left, or started over, since the proposal. */
  isStale?: boolean;
}

/** Time limit for all members to prepare for new keys. */
const readyWithinMs = 2000;
const append = uint8(0);

/**
 * The voice server's part in a channel's end-to-end encryption (DAVE): it proposes additions and removals,
 * one at a time, accepts the commit of the longest-standing member, and forwards it.
 */
export class DaveGroup {
  readonly #id: Buffer;
  readonly #sender = new ExternalSender();
  readonly #transitions = new Map<
    number,
    { readonly waitsFor: Set<Participant>; readonly timer: NodeJS.Timeout }
  >();
  #leaves: (Leaf | undefined)[] = [];
  #epoch = 0n;
  #queue: Change[] = [];
  /** The proposed change, and the commits received for it. */
  #open: { readonly change: Change; readonly commits: Map<Participant, CommitWelcome> } | undefined;
  #transition = 0;

  constructor(channelId: string) {
    this.#id = uint64(BigInt(channelId));
  }

  /** Number of membership changes. */
  get epoch(): number {
    return Number(this.#epoch);
  }

  enter(participant: Participant): void {
    participant.tellBinary(VoiceOpcodes.DaveMlsExternalSender, this.#sender.package);
  }

  /** Op 26: someone can be added; if they are already in the group, they have started over. */
  offer(participant: Participant, keyPackage: Buffer): void {
    this.#release(participant);
    this.#queue.push({ participant, keyPackage });
    this.#advance();
  }

  /**
   * Op 28. Ignores late commits.
   * @throws RangeError when it is not a commit
   */
  commit(participant: Participant, payload: Buffer): void {
    const answer = splitCommitWelcome(payload);
    if (answer.epoch !== this.#epoch || !answer.groupId.equals(this.#id)) return;
    this.#open?.commits.set(participant, answer);
    this.#settle();
  }

  /** Op 23: someone has the keys of a transition. */
  ready(participant: Participant, transition: number): void {
    const waitsFor = this.#transitions.get(transition)?.waitsFor;
    waitsFor?.delete(participant);
    if (waitsFor?.size === 0) this.#execute(transition);
  }

  leave(participant: Participant): void {
    this.#release(participant);
    for (const transition of [...this.#transitions.keys()]) this.ready(participant, transition);
    this.#settle();
    this.#advance();
  }

  stop(): void {
    for (const { timer } of this.#transitions.values()) clearTimeout(timer);
    this.#transitions.clear();
  }

  get #members(): readonly Participant[] {
    return this.#leaves.flatMap((leaf) => (leaf?.isHeld ? [leaf.participant] : []));
  }

  /** Removes someone from the queue, and proposes to remove their leaf. */
  #release(participant: Participant): void {
    this.#queue = this.#queue.filter((change) => change.participant !== participant);
    if (this.#open?.change.participant === participant) this.#open.change.isStale = true;
    const leaf = this.#leaves.find((each) => each?.isHeld && each.participant === participant);
    if (leaf === undefined) return;
    leaf.isHeld = false;
    this.#queue.push({ participant });
  }

  #advance(): void {
    if (this.#members.length === 0) this.#begin();
    if (this.#open !== undefined) return;
    const change = this.#queue.shift();
    if (change === undefined) return;
    this.#open = { change, commits: new Map() };
    const { participant, keyPackage } = change;
    const leaf = this.#leaves.findIndex((each) => each?.participant === participant && !each.isHeld);
    const proposal = this.#sender.propose(
      this.#id,
      this.#epoch,
      keyPackage === undefined ? remove(leaf) : add(keyPackage),
    );
    const payload = Buffer.concat([append, vector(proposal)]);
    for (const member of this.#members) member.tellBinary(VoiceOpcodes.DaveMlsProposals, payload);
  }

  /** If no member is left to commit, the one that has waited longest gets a new group, in its first epoch. */
  #begin(): void {
    const waiting = [...(this.#open ? [this.#open.change] : []), ...this.#queue];
    const [first, ...others] = waiting.filter(({ keyPackage, isStale }) => keyPackage && !isStale);
    this.#open = undefined;
    this.#epoch = 0n;
    this.#leaves = first ? [{ participant: first.participant, isHeld: true }] : [];
    this.#queue = others;
  }

  /** Applies the open change if the deciding commit has arrived. */
  #settle(): void {
    const committer = this.#members[0];
    const answer = committer && this.#open?.commits.get(committer);
    if (this.#open === undefined || answer === undefined) return;
    const { change } = this.#open;
    const members = this.#members;
    this.#open = undefined;
    this.#epoch += 1n;
    this.#transition = (this.#transition % 0xffff) + 1;
    if (change.keyPackage === undefined) this.#clear(change.participant);
    else this.#seat(change);
    const transition = this.#transition;
    const timer = setTimeout(() => this.#execute(transition), readyWithinMs).unref();
    this.#transitions.set(transition, { waitsFor: new Set(this.#members), timer });
    const id = uint16(transition);
    const announcement = Buffer.concat([id, answer.commit]);
    for (const member of members) {
      member.tellBinary(VoiceOpcodes.DaveMlsAnnounceCommitTransition, announcement);
    }
    if (change.keyPackage !== undefined && !change.isStale) {
      change.participant.tellBinary(VoiceOpcodes.DaveMlsWelcome, Buffer.concat([id, answer.welcome]));
    }
    this.#advance();
  }

  /** In the leftmost empty leaf, as in MLS. */
  #seat({ participant, isStale = false }: Change): void {
    const empty = this.#leaves.indexOf(undefined);
    this.#leaves[empty < 0 ? this.#leaves.length : empty] = { participant, isHeld: !isStale };
    if (isStale) this.#queue.unshift({ participant });
  }

  #clear(participant: Participant): void {
    const leaf = this.#leaves.findIndex((each) => each?.participant === participant && !each.isHeld);
    this.#leaves[leaf] = undefined;
    while (this.#leaves.length > 0 && this.#leaves.at(-1) === undefined) this.#leaves.pop();
  }

  #execute(transition: number): void {
    clearTimeout(this.#transitions.get(transition)?.timer);
    if (!this.#transitions.delete(transition)) return;
    for (const member of this.#members) {
      member.tell(VoiceOpcodes.DaveExecuteTransition, { transition_id: transition });
    }
  }
}
