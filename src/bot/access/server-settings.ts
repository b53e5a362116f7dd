import { join } from 'node:path';
import { z } from 'zod';
import { languageCodes } from '../../i18n/languages.js';
import { diskFailure } from '../../storage/disk-failure.js';
import { rawOptionsSchema as options } from '../../request/record.js';
import { StoredJson } from '../../storage/stored-json.js';

const id = z.string().regex(/^\d{1,20}$/);
const pieces = z.int().min(1);

const fields = {
  /** Defaults of `/compose`. */
  defaults: options,
  /** By name. */
  presets: z.record(z.string(), options),
  /** Where Share posts to. */
  shareChannel: z.string().optional(),
};

const schema = z.strictObject({
  version: z.literal(2),
  ...fields,
  /** Pieces per hour, within the operator's limits. */
  limits: z.object({ piecesPerHour: pieces.exactOptional(), serverPiecesPerHour: pieces.exactOptional() }),
  /** IDs of people who can train and choose models, in addition to server managers. */
  trainers: z.object({ roles: z.array(id), users: z.array(id) }),
  /** Used when a person's language is unknown; without it, the server's language on Discord. */
  language: z.enum(languageCodes).optional(),
  /** The piece of the day. */
  daily: z
    .object({
      /** Absent while it is off. */
      channel: id.optional(),
      /** In UTC. */
      hour: z.int().min(0).max(23),
      /** When it was set, in milliseconds since 1970. */
      since: z.number(),
      /** The newest piece. */
      last: z
        .object({
          /** In UTC, as 2026-11-30. */
          day: z.iso.date(),
          /** When it was about to be posted, in milliseconds since 1970. */
          beganMs: z.number(),
          isPosted: z.boolean(),
          /** How the votes so far have steered it. */
          level: z.literal([-2, -1, 0, 1, 2]),
          /** By person. */
          votes: z.record(id, z.literal([-1, 0, 1])),
        })
        .optional(),
    })
    .optional(),
  radio: z
    .object({
      volume: z.int().min(1).max(200).exactOptional(),
      /** ID of the role whose members steer the radio without votes. */
      dj: id.exactOptional(),
      /** The server's time zone, an IANA name. */
      timeZone: z.string().exactOptional(),
      /** The radio that goes on after a restart. */
      stay: z
        .object({
          channel: id,
          textChannel: id,
          startedBy: id,
          language: z.enum(languageCodes),
          wishes: options,
          wish: z.string().exactOptional(),
          isByHour: z.boolean(),
          /** In milliseconds since 1970. */
          untilMs: z.number().exactOptional(),
        })
        .exactOptional(),
    })
    .optional(),
});

export type ServerSettings = Readonly<z.infer<typeof schema>>;

const fresh = { limits: {}, trainers: { roles: [], users: [] } };
const initial: ServerSettings = { version: 2, defaults: {}, presets: {}, ...fresh };

/** Written before limits, trainers and languages existed. */
const oldSchema = z
  .strictObject({ version: z.literal(1), ...fields })
  .transform((old): ServerSettings => ({ ...old, ...fresh, version: 2 }));
const anySchema = z.union([schema, oldSchema]);

/** Each server's settings, one small file per server. */
export class ServerSettingsStore {
  readonly #folder: string;
  readonly #documents = new Map<string, StoredJson<ServerSettings>>();

  /** @param dataFolder holds a folder for each server. */
  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'servers');
  }

  /** @param server its ID; without one, in a direct message, nothing is set. */
  async read(server: string | null): Promise<ServerSettings> {
    return server === null ? initial : this.#document(server).read();
  }

  /**
   * If it throws, nothing has changed.
   * @throws UserError when the disk is full; rethrows errors of `change`
   */
  update(server: string, change: (settings: ServerSettings) => ServerSettings): Promise<ServerSettings> {
    return this.#document(server).update(change).catch(diskFailure);
  }

  /** Deletes the server's settings. */
  async forget(server: string): Promise<void> {
    await this.#document(server).remove();
    this.#documents.delete(server);
  }

  #document(server: string): StoredJson<ServerSettings> {
    let document = this.#documents.get(server);
    if (document === undefined) {
      if (!/^\d+$/.test(server)) throw new RangeError(`"${server}" is not the id of a server`);
      document = new StoredJson(
        join(this.#folder, server, 'settings.json'),
        (json) => anySchema.parse(json),
        initial,
      );
      this.#documents.set(server, document);
    }
    return document;
  }
}
