import { readFile } from 'node:fs/promises';
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import type { SlashCommand, SlashCommandData } from '../bot/command.js';
import { deferredPlace } from '../bot/interaction-place.js';
import type { MediaFile } from '../studio/composition.js';

const topics = ['start', 'options', 'files', 'server'] as const;
type Topic = (typeof topics)[number];

const sampleFolder = new URL('../../assets/sample/', import.meta.url);

/** `/help`: examples to copy, what the options do to the music, and a piece to look at and hear. */
export function helpCommand(): SlashCommand {
  return {
    data,
    botPermissions: [],
    async execute(interaction) {
      const topic = topics.find((name) => name === interaction.options.getString('topic')) ?? 'start';
      const place = await deferredPlace(interaction, true);
      const files = topic === 'start' ? await Promise.all(sample.map(readSample)) : [];
      await place.show({ content: texts[topic], components: [], files });
    },
  };
}

const sample: readonly Omit<MediaFile, 'bytes'>[] = [
  {
    name: 'piano-roll.png',
    contentType: 'image/png',
    description:
      'Piano roll of a sample: the given opening in one colour, the notes composed after it in another',
  },
  {
    name: 'preview.ogg',
    contentType: 'audio/ogg',
    description: 'The same piece as sound, played on a piano',
  },
];

async function readSample(file: (typeof sample)[number]): Promise<MediaFile> {
  return { ...file, bytes: await readFile(new URL(file.name, sampleFolder)) };
}

const texts: Readonly<Record<Topic, string>> = {
  start: `**Type one of these** and get a MIDI file, its sound and its picture:
\`/compose\` – a piece of 300 notes
\`/compose preset:lullaby\` – slow, soft, in F major
\`/compose key:A scale:blues quantise:triplet\` – only notes of the blues scale, on a triplet grid
\`/compose notes:150 temp:0.7 tempo:0.6\` – short, cautious, slow
\`/compose midi:…\` – goes on from your own MIDI file
\`/compose takes:4\` – four pieces to choose from
**Then press**: Again for another piece, Continue to make it longer, Remix to change its settings, Info to see how it was made.
The same \`seed\` with the same settings gives the same piece; every result shows its seed.
-# More: \`/help topic:options\`, \`topic:files\`, \`topic:server\`. Below: what a result looks and sounds like.`,
  options: `**What the options do to the music**
\`notes:800\` longer; \`notes:60\` a sketch
\`temp:0.7\` keeps to what is likely; \`temp:1.3\` takes risks; above 2 it is noise
\`tempo:0.5\` half as fast; \`tempo:2\` twice as fast
\`pitch:72\` the middle of the music on that key of the piano (60 is middle C)
\`velocity:40\` soft; \`velocity:100\` loud; the piece’s own dynamics stay
\`key:D scale:dorian\` every note belongs to that scale
\`quantise:straight\` on 16ths, \`triplet\` on triplet 8ths, \`seed\` on 8th to whole notes
\`voices:mono\` one note at a time: a melody
\`opening:bach-prelude\` starts from those bars
\`sampling:source\` the network’s plain answers, as in the original project: even and slow
\`seed:42\` the same piece again
\`preset:march\` several of these at once; \`/preset list\` shows them all`,
  files: `**Your own MIDI files**
\`/compose midi:…\` starts from the first notes of the file; any MIDI file up to 256 KB will do.
On a message with a MIDI file, right-click or long-press it and choose **Apps**: compose from it, or continue it.
Or mention me in a message with a file: \`@me notes:200 temp:0.8\`. In direct messages the mention is not needed.
Drums are left out; a piece is heard as piano.`,
  server: `**For people who manage the server**
\`/settings\` – what /compose takes when nothing is said, and where Share posts to
\`/preset save\` – name a set of options for everybody
\`/train\` – teach a copy of my network your own music; nothing changes until you press Use
\`/model\` – list, choose, roll back or delete the server’s models
\`/forget\` – delete everything that I keep for the server`,
};

const data: SlashCommandData = {
  type: ApplicationCommandType.ChatInput,
  name: 'help',
  description: 'Examples to copy, and what each option does to the music',
  options: [
    {
      type: ApplicationCommandOptionType.String,
      name: 'topic',
      description: 'What to show (start)',
      choices: topics.map((topic) => ({ name: topic, value: topic })),
    },
  ],
  integrationTypes: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
};
