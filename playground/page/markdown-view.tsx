import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { parseInline, parseMarkdown, type Block, type Inline } from './markdown.js';
import { usePage } from './page-context.js';
import { formatTime } from './time.js';

/** Text of a message; only creates text and known elements, never raw HTML. */
export function Markdown({ text }: { readonly text: string }): VNode {
  return <div class="markdown">{parseMarkdown(text).map(showBlock)}</div>;
}

/** A single line, such as the beginning of a message that is replied to. */
export function InlineMarkdown({ text }: { readonly text: string }): VNode {
  return <span class="excerpt">{parseInline(text).map(showInline)}</span>;
}

function showBlock(block: Block): VNode {
  switch (block.kind) {
    case 'heading': {
      // Headings of a message are below the page's own in the hierarchy.
      const Heading = (['h3', 'h4', 'h5'] as const)[block.level - 1]!;
      return <Heading>{block.content.map(showInline)}</Heading>;
    }
    case 'subtext':
      return <small>{block.content.map(showInline)}</small>;
    case 'line':
      return <p>{block.content.length === 0 ? <br /> : block.content.map(showInline)}</p>;
    case 'quote':
      return <blockquote>{block.blocks.map(showBlock)}</blockquote>;
    case 'item':
      return (
        <p class="item" style={{ marginInlineStart: `${block.depth + 1}em` }}>
          <span class="mark">{block.mark}</span> {block.content.map(showInline)}
        </p>
      );
    case 'code':
      return <CodeBlock text={block.text} />;
  }
}

function showInline(inline: Inline): ComponentChildren {
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'code':
      return <code>{inline.text}</code>;
    case 'strong':
      return <strong>{inline.content.map(showInline)}</strong>;
    case 'emphasis':
      return <em>{inline.content.map(showInline)}</em>;
    case 'underline':
      return <u>{inline.content.map(showInline)}</u>;
    case 'strike':
      return <s>{inline.content.map(showInline)}</s>;
    case 'spoiler':
      return <Spoiler>{inline.content.map(showInline)}</Spoiler>;
    case 'link':
      return (
        <a href={inline.url} target="_blank" rel="noreferrer">
          {inline.content.map(showInline)}
        </a>
      );
    case 'person':
    case 'channel':
      return <Mention {...inline} />;
    case 'command':
      return <CommandMention path={inline.path} />;
    case 'everyone':
      return <span class="mention">{inline.text}</span>;
    case 'time':
      return <Moment seconds={inline.seconds} style={inline.style} />;
  }
}

function CodeBlock({ text }: { readonly text: string }): VNode {
  const [isCopied, setCopied] = useState(false);
  const copy = (): void => {
    void navigator.clipboard.writeText(text).then(() => setCopied(true));
  };
  return (
    <div class="code">
      <pre>{text}</pre>
      <button type="button" class="copy" onClick={copy}>
        {isCopied ? 'Copied' : 'Copy'}
      </button>
    </div>
  );
}

function Spoiler({ children }: { readonly children: ComponentChildren }): VNode {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <span class="spoiler open">{children}</span>;
  return (
    <button type="button" class="spoiler" aria-label="Spoiler" onClick={() => setOpen(true)}>
      {children}
    </button>
  );
}

function Mention({ kind, id }: { readonly kind: 'person' | 'channel'; readonly id: string }): VNode {
  const { view } = usePage();
  const [list, sign] = kind === 'person' ? ([view.people, '@'] as const) : ([view.places, '#'] as const);
  return <span class="mention">{sign + (list.find((one) => one.id === id)?.name ?? 'unknown')}</span>;
}

function CommandMention({ path }: { readonly path: string }): VNode {
  const { write } = usePage();
  return (
    <button type="button" class="mention" onClick={() => write(`/${path} `)}>
      /{path}
    </button>
  );
}

function Moment({ seconds, style }: { readonly seconds: number; readonly style: string }): VNode {
  const { locale } = usePage().view.viewer;
  return (
    <time
      class="moment"
      dateTime={new Date(seconds * 1000).toISOString()}
      title={formatTime(seconds, 'F', locale)}
    >
      {formatTime(seconds, style, locale)}
    </time>
  );
}
