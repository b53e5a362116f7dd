import type { VNode } from 'preact';
import type { FileLink, Picture } from './protocol.js';
import { clock, formatBytes } from './time.js';

/** The files of a message: audio and images are shown, others can be downloaded. */
export function Files({ files }: { readonly files: readonly FileLink[] }): VNode {
  return (
    <>
      {files.map((file) => (
        <File key={file.url} file={file} />
      ))}
    </>
  );
}

export function File({ file }: { readonly file: FileLink }): VNode {
  switch (file.kind) {
    case 'picture':
      return (
        <PictureView
          picture={{ url: file.url, alt: file.alt ?? file.name }}
          hasAlt={file.alt !== undefined}
        />
      );
    case 'sound':
      return <Sound file={file} />;
    case 'voice':
      return <Voice file={file} />;
    case 'video':
      return (
        <video
          class="picture"
          controls
          preload="metadata"
          src={file.url}
          aria-label={file.alt ?? file.name}
        />
      );
    case 'other':
      return <Download file={file} />;
  }
}

export function PictureView({
  picture: { url, alt },
  hasAlt = false,
}: {
  readonly picture: Picture;
  readonly hasAlt?: boolean;
}): VNode {
  if (url === undefined) return <p class="elsewhere">Picture: {alt}</p>;
  return (
    <figure class="picture">
      <a href={url} target="_blank" rel="noreferrer">
        <img src={url} alt={alt} />
      </a>
      {hasAlt && (
        <details class="alt">
          <summary aria-label="Text for this picture">ALT</summary>
          <p>{alt}</p>
        </details>
      )}
    </figure>
  );
}

function Sound({ file }: { readonly file: FileLink }): VNode {
  return (
    <figure class="file sound">
      <figcaption>
        <FileName file={file} />
      </figcaption>
      <audio controls preload="metadata" src={file.url} aria-label={file.alt ?? file.name} title={file.alt} />
    </figure>
  );
}

/** A voice message: its waveform as bars, and the player. */
function Voice({ file }: { readonly file: FileLink }): VNode {
  const { waveform = [], seconds = 0 } = file;
  return (
    <figure class="file voice">
      <figcaption>
        <svg
          class="waveform"
          viewBox={`0 0 ${waveform.length * 3} 32`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {waveform.map((loudness, index) => {
            const height = 2 + (loudness / 255) * 30;
            return <rect key={index} x={index * 3} y={16 - height / 2} width="2" height={height} />;
          })}
        </svg>
        <span>Voice message · {clock(seconds)}</span>
      </figcaption>
      <audio controls preload="metadata" src={file.url} aria-label={file.alt ?? 'Voice message'} />
    </figure>
  );
}

function Download({ file }: { readonly file: FileLink }): VNode {
  return (
    <div class="file" title={file.alt}>
      <svg class="sheet" viewBox="0 0 24 30" aria-hidden="true">
        <path d="M2 2h13l7 7v19H2z" />
        <path d="M9 22.5a2 1.6 0 1 1-2-1.6 2 1.6 0 0 1 2 1.6V14l7-1.8v8.6a2 1.6 0 1 1-2-1.6" />
      </svg>
      <FileName file={file} />
    </div>
  );
}

function FileName({ file: { name, bytes, url, alt } }: { readonly file: FileLink }): VNode {
  return (
    <span class="name">
      <a href={url} download={name} aria-label={alt === undefined ? undefined : `${name}: ${alt}`}>
        {name}
      </a>
      <span class="size">{formatBytes(bytes)}</span>
    </span>
  );
}
