import { route, type Answer } from './route.js';

/** Downloads of attachments. */
export const cdnRoutes = [
  route('GET /attachments/{channel_id}/{attachment_id}/{name}', (world, { url }): Answer => {
    const download = world.cdn.open(url);
    if (download.status === 404) return download;
    const { file } = download;
    return { status: 200, file, headers: { 'content-type': file.contentType ?? 'application/octet-stream' } };
  }),
];
