import type { Form } from './form.js';

/** Maximum total length of all embeds of a message. */
const maxTotal = 6000;

/** Checks the embeds of one message. Source: Discord's embed limits. */
export function checkEmbeds(message: Form): void {
  let total = 0;
  const count = (text: string | undefined): void => {
    total += text?.length ?? 0;
  };
  for (const embed of message.list('embeds', { max: 10 })) {
    count(embed.text('title', { max: 256 }));
    count(embed.text('description', { max: 4096 }));
    embed.text('url', { max: 2048 });
    embed.integer('color', { min: 0, max: 0xffffff });
    count(embed.object('footer')?.text('text', { required: true, max: 2048 }));
    count(embed.object('author')?.text('name', { required: true, max: 256 }));
    for (const media of ['image', 'thumbnail'])
      embed.object(media)?.text('url', { required: true, max: 2048 });
    for (const field of embed.list('fields', { max: 25 })) {
      count(field.text('name', { required: true, min: 1, max: 256 }));
      count(field.text('value', { required: true, min: 1, max: 1024 }));
      field.flag('inline');
    }
  }
  if (total > maxTotal) {
    message.problem(`Embed size exceeds maximum size of ${maxTotal}`, 'embeds', 'MAX_EMBED_SIZE_EXCEEDED');
  }
}
