import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { downloadAttachment, ownName, type AttachedFile } from '../../../src/bot/compose/download.js';
import { uploadLimits } from '../../../src/music/midi/limits.js';
import { UserError } from '../../../src/errors/user-error.js';

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function file(host: string, size = 4): AttachedFile {
  return { name: 'a.mid', size, url: `http://${host}/attachments/1/2/a.mid?ex=1&is=2&hm=3` };
}

async function code(download: Promise<Uint8Array>): Promise<string> {
  const error: unknown = await download.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).code;
}

const never = new AbortController().signal;

describe('downloadAttachment', () => {
  it('returns the bytes', async () => {
    const host = await serve((_, response) => response.end(Buffer.from([0x4d, 0x54, 0x68, 0x64])));
    expect(await downloadAttachment(file(host), [host], never)).toEqual(Buffer.from('MThd'));
  });

  it.each([
    ['another host', 'http://127.0.0.2:9/a.mid', ['127.0.0.1:9']],
    ['another port', 'http://127.0.0.1:10/a.mid', ['127.0.0.1:9']],
    ['plain http beyond this machine', 'http://cdn.discordapp.com/a.mid', ['cdn.discordapp.com']],
    ['a host that only looks like this machine', 'http://127.0.0.1.example/a.mid', ['127.0.0.1.example']],
    ['a password', 'https://user:pass@cdn.discordapp.com/a.mid', ['cdn.discordapp.com']],
    ['another protocol', 'file:///etc/passwd', ['']],
    ['no address at all', 'a.mid', ['a.mid']],
  ])('refuses %s without contacting it', async (_, url, hosts) => {
    expect(await code(downloadAttachment({ name: 'a.mid', size: 4, url }, hosts, never))).toBe(
      'attachment.host',
    );
  });

  it('refuses a file whose stated size is too large, without downloading it', async () => {
    let asked = false;
    const host = await serve((_, response) => {
      asked = true;
      response.end();
    });
    const download = downloadAttachment(file(host, uploadLimits.maxBytes + 1), [host], never);
    await expect(download).rejects.toMatchObject({
      code: 'midi.too-large',
      details: { actual: uploadLimits.maxBytes + 1 },
    });
    expect(asked).toBe(false);
  });

  it('does not follow a redirect', async () => {
    let followed = false;
    const elsewhere = await serve((_, response) => {
      followed = true;
      response.end('MThd');
    });
    const host = await serve((_, response) => {
      response.writeHead(302, { location: `http://${elsewhere}/secret` }).end();
    });
    expect(await code(downloadAttachment(file(host), [host, elsewhere], never))).toBe(
      'attachment.unreachable',
    );
    expect(followed).toBe(false);
  });

  it('asks for a new upload when the file has expired', async () => {
    const host = await serve((_, response) => {
      response.writeHead(404).end('This content is no longer available.');
    });
    expect(await code(downloadAttachment(file(host), [host], never))).toBe('attachment.expired');
  });

  it('stops an endless body at the limit', async () => {
    let sent = 0;
    const host = await serve((_, response) => {
      const chunk = Buffer.alloc(16 * 1024);
      const more = (): void => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
      };
      response.on('drain', more);
      more();
    });
    expect(await code(downloadAttachment(file(host), [host], never))).toBe('midi.too-large');
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  it('stops a small body that unpacks to a large one', async () => {
    const packed = gzipSync(Buffer.alloc(32 * 1024 * 1024));
    const host = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length }).end(packed);
    });
    expect(packed.length).toBeLessThan(uploadLimits.maxBytes);
    expect(await code(downloadAttachment(file(host), [host], never))).toBe('midi.too-large');
  });

  it.each([500, 429, 410])('reports status %i as a missing file', async (status) => {
    const host = await serve((_, response) => {
      response.writeHead(status).end('{}');
    });
    expect(await code(downloadAttachment(file(host), [host], never))).toBe('attachment.unreachable');
  });

  it('survives a connection that breaks halfway', async () => {
    const host = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('MThd', () => response.destroy());
    });
    expect(await code(downloadAttachment(file(host), [host], never))).toBe('attachment.unreachable');
  });

  it.each<[string, RequestListener]>([
    ['says nothing', () => undefined],
    [
      'never comes to an end',
      (_, response) => {
        const drip = setInterval(() => response.write('M'), 20);
        response.on('close', () => clearInterval(drip));
      },
    ],
  ])('waits ten seconds for a host that %s', async (_, listener) => {
    const soon = AbortSignal.timeout(200);
    const waits = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(soon);
    const host = await serve(listener);
    expect(await code(downloadAttachment(file(host), [host], never))).toBe('attachment.unreachable');
    expect(waits).toHaveBeenCalledExactlyOnceWith(10_000);
    waits.mockRestore();
  });

  it('says when the host does not exist', async () => {
    expect(await code(downloadAttachment(file('127.0.0.1:9'), ['127.0.0.1:9'], never))).toBe(
      'attachment.unreachable',
    );
  });

  it('ends with the reason for which it is aborted', async () => {
    const stop = new AbortController();
    const host = await serve(() => stop.abort(new Error('no longer wanted')));
    await expect(downloadAttachment(file(host), [host], stop.signal)).rejects.toThrow('no longer wanted');
  });
});

describe('the name of a file', () => {
  it.each([
    ['tune.mid', undefined, 'tune.mid'],
    ['tune.mid', null, 'tune.mid'],
    ['_.mid', 'さくら', 'さくら.mid'],
    ['Fr_Elise.MID', 'Für Elise.mid', 'Für Elise.mid'],
  ])('%s with the title %s is %s', (name, title, own) => {
    expect(ownName({ name, ...(title !== undefined && { title }) })).toBe(own);
  });
});
