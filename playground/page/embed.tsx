import type { VNode } from 'preact';
import { PictureView } from './files.js';
import { Markdown } from './markdown-view.js';
import type { Embed } from './protocol.js';

export function EmbedView({ embed }: { readonly embed: Embed }): VNode {
  const { color, author, title, url, description, fields, image, thumbnail, footer } = embed;
  return (
    <article class="embed" style={color && { borderInlineStartColor: color }}>
      <div>
        {author && <p class="author">{author}</p>}
        {title && (
          <h3>
            {url ? (
              <a href={url} target="_blank" rel="noreferrer">
                {title}
              </a>
            ) : (
              <Markdown text={title} />
            )}
          </h3>
        )}
        {description && <Markdown text={description} />}
        {fields.length > 0 && (
          <dl>
            {fields.map(({ name, value, inline }, index) => (
              <div key={index} class={inline ? 'inline' : ''}>
                <dt>
                  <Markdown text={name} />
                </dt>
                <dd>
                  <Markdown text={value} />
                </dd>
              </div>
            ))}
          </dl>
        )}
        {image && <PictureView picture={image} />}
        {footer && <p class="footer">{footer}</p>}
      </div>
      {thumbnail && (
        <div class="thumbnail">
          <PictureView picture={thumbnail} />
        </div>
      )}
    </article>
  );
}
