import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { VoiceFaults } from './voice-faults.js';

type Take = (packet: Buffer, from: RemoteInfo) => void;

const discoveryBytes = 74;
const discoveryRequest = 1;
const discoveryAnswer = 2;
const keepAliveBytes = 8;

/** The UDP side of the voice server: answers IP discovery, echoes keep-alives, receives packets. */
export class UdpPort {
  readonly #socket: Socket;
  readonly #take: Take;
  readonly #faults: VoiceFaults;
  #isClosed = false;

  private constructor(socket: Socket, take: Take, faults: VoiceFaults) {
    this.#socket = socket;
    this.#take = take;
    this.#faults = faults;
    socket.on('message', (packet, from) => this.#receive(packet, from));
  }

  /** @param take called with everything else that arrives */
  static async open(take: Take, faults: VoiceFaults): Promise<UdpPort> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new UdpPort(socket, take, faults);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  close(): void {
    this.#isClosed = true;
    this.#socket.close();
  }

  #receive(packet: Buffer, from: RemoteInfo): void {
    if (packet.length === keepAliveBytes) this.#answer(packet, from);
    else if (packet.length === discoveryBytes && packet.readUInt16BE() === discoveryRequest) {
      this.#answer(addressOf(packet, from), from);
    } else this.#take(packet, from);
  }

  #answer(packet: Buffer, { port, address }: RemoteInfo): void {
    const send = (): void => {
      if (!this.#isClosed) this.#socket.send(packet, port, address, () => undefined);
    };
    const { delayMs } = this.#faults;
    if (delayMs === 0) send();
    else setTimeout(send, delayMs).unref();
  }
}

/** The answer to IP discovery: the request's size and SSRC, then address and port. */
function addressOf(request: Buffer, { address, port }: RemoteInfo): Buffer {
  const answer = Buffer.alloc(discoveryBytes);
  answer.writeUInt16BE(discoveryAnswer, 0);
  answer.writeUInt16BE(discoveryBytes - 4, 2);
  request.copy(answer, 4, 4, 8);
  answer.write(address, 8, 'latin1');
  answer.writeUInt16BE(port, discoveryBytes - 2);
  return answer;
}
