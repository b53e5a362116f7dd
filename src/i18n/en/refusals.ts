import { clock } from '../grammar.js';
import type { RefusalSentences } from '../refusals.js';
import { counted, files, list, number, percent, pieces, timeLeft } from './grammar.js';

const exportIt = 'Export one from a notation program or DAW and upload that.';

/** What happened, then what to do. */
export const refusals: RefusalSentences = {
  unknown: (code) => `Something went wrong that this version can't explain (${code}). Please try again.`,
  options: {
    range: ({ option, whole, min, max, given }) =>
      `\`${option}\` must be a ${whole ? 'whole ' : ''}number from ${number(min)} to ${number(max)}. You entered ${given}.`,
    choice: ({ option, choices, given }) =>
      `\`${option}\` must be one of ${choices.join(', ')}. You entered "${given}".`,
    name: ({ option, given }) =>
      `\`${option}\` can only contain letters, digits, dots and dashes. You entered "${given}".`,
    truth: ({ option, given }) => `\`${option}\` must be true or false. You entered "${given}".`,
    twice: ({ option }) => `You set \`${option}\` twice. Set it only once.`,
    duration: ({ option, min, max, given }) =>
      `\`${option}\` must be a time from ${min} to ${max}, such as 0:45, 90 s or 2 min. You entered ${given}.`,
    instead: ({ option, instead }) => `Set either \`${option}\` or \`${instead}\`, not both.`,
    fixed: ({ option }) => `\`${option}\` can't be changed when continuing a piece. Leave it out.`,
    kind: ({ option, kind }) =>
      `Only ${kind} models support \`${option}\`. Remove it, or set \`model:${kind}\`.`,
    'two-beginnings': () => 'You chose both a MIDI file and a built-in opening. Choose one of them.',
    'voice-of-several': () => 'A voice message can only hold one piece. Remove `takes` or `voice`.',
    chord: ({ given, place }) =>
      place === 0
        ? `I found no chords in "${given}", or too many. Write one for each bar, for example \`Am F C G\`.`
        : `I can't read chord ${number(place)}, "${given}". Write chords like \`Am7\`, \`F#dim\`, \`C/E\` or \`iv\`.`,
    form: ({ given }) =>
      `I can't read the form "${given}". Write its sections as letters from A to D, for example \`AABA\` or \`i4A8B8A8o4\`.`,
    long: ({ option, limit }) => `\`${option}\` can have at most ${number(limit)} characters. Shorten it.`,
    unreadable: ({ word }) =>
      `I don't understand "${word}". Write options as name:value, for example \`notes:200 temp:0.8 key:C\`.`,
    unknown: ({ name, names }) => `There is no option called "${name}". Use one of ${names.join(', ')}.`,
  },
  'song.no-parts': () => 'No part would be left to play. Leave out fewer of them.',
  'midi.empty': () => 'This file is empty. Export it again and upload the new one.',
  'midi.not-midi': ({ looksLike }) => {
    switch (looksLike?.type) {
      case undefined:
        return `This is not a MIDI file, whatever its name says. ${exportIt}`;
      case 'picture':
        return `This looks like a picture (${looksLike.format}), not a MIDI file. ${exportIt}`;
      case 'recording':
        return `This looks like an audio recording (${looksLike.format}), not a MIDI file. I can't read notes from a recording: upload a .mid file.`;
      case 'foreign-music':
        return `This looks like a file in the format ${looksLike.format}, which I can't read. Open it in the program that made it and export it as MIDI (.mid).`;
      case 'zip':
        return 'This looks like a ZIP archive, not a MIDI file. Unzip it and upload the .mid file inside.';
      case 'music-xml':
        return 'This looks like a MusicXML score, not a MIDI file. Export it as MIDI (.mid) from a notation program.';
      case 'pdf':
        return `This looks like a PDF, not a MIDI file. ${exportIt}`;
      case 'web-page':
        return `This looks like a web page (HTML), not a MIDI file. ${exportIt}`;
      case 'xml':
        return `This looks like an XML file, not a MIDI file. ${exportIt}`;
    }
  },
  'midi.damaged': () => 'This MIDI file is damaged. Export it again and upload the new one.',
  'midi.only-drums': () =>
    'This MIDI file contains only drums (channel 10). Upload one with a melody or chords.',
  'midi.no-notes': ({ struck }) =>
    struck
      ? 'No note in this MIDI file ever ends, so none has a length. Export it again and upload the new one.'
      : 'This MIDI file contains no notes. Upload one with at least one note.',
  'midi.unreadable': () => "I couldn't read this MIDI file. Try a shorter or simpler one.",
  'midi.slow': () =>
    "I'm very busy right now and didn't get to read the MIDI file. It isn't the file's fault: try again in a minute.",
  'midi.too-large': ({ actual, limit }) =>
    `This file is too large: ${kilobytes(actual)}, and the limit is ${kilobytes(limit)}. Upload a shorter excerpt.`,
  'midi.too-many-tracks': ({ actual, limit }) =>
    `This file has ${number(actual)} tracks, and the limit is ${number(limit)}. Export it with fewer tracks.`,
  'midi.too-many-notes': ({ actual, limit }) =>
    `This file has ${number(actual)} notes, and the limit is ${number(limit)}. Upload a shorter excerpt.`,
  'midi.too-many-events': ({ limit }) =>
    `This file has more than ${number(limit)} events, which is the limit. Upload a shorter excerpt, or one without pedal and pitch-bend data.`,
  'midi.too-long': ({ actual, limit }) =>
    `This file lasts ${clock(Math.ceil(actual))}, and the limit is ${clock(limit)}. Upload a shorter excerpt.`,
  'record.unknown': () =>
    "This button can't read that piece: another version of me made it. Use /compose instead, with the piece's MIDI file if you like.",
  'model.unknown': ({ name, names }) =>
    `There is no model called "${name}". ${names.length === 0 ? 'There are no models yet.' : `Use one of ${names.join(', ')}.`}`,
  'model.kind': ({ kind }) =>
    `These options need a ${kind} model, and there is none here. Remove them and try again.`,
  'model.damaged': ({ name }) => `The model "${name}" is damaged. Choose another one.`,
  'model.name': () => 'A model name can have up to 32 letters, digits, dots and dashes. Choose another name.',
  'model.taken': ({ name }) => `A model called "${name}" already exists. Choose another name.`,
  'model.no-previous': ({ name }) =>
    `This server used no model before "${name}". Choose one with \`/model use\`.`,
  'model.not-own': ({ name, isShared }) =>
    isShared
      ? `The model "${name}" is shared by all servers and can't be deleted here.`
      : `This server has no model of its own called "${name}". See \`/model list\`.`,
  'model.in-use': ({ name }) =>
    `The model "${name}" is in use. Switch to another one first, with \`/model use\` or \`/model rollback\`.`,
  'model.elsewhere': ({ name }) =>
    `The model "${name}" is missing on the machine that composes. Choose another one.`,
  'compose.closed': () => "I'm shutting down. Please try again in a minute.",
  'compose.busy': () => 'Too many pieces are waiting already. Please try again in a minute.',
  'compose.lost': () => 'Composing stopped unexpectedly. Please try again.',
  'compose.unreachable': () => "I can't reach the machines that compose. Please try again in a minute.",
  'compose.version': () => 'The machines that compose are being updated. Please try again in a few minutes.',
  'compose.cancelled': () => 'Cancelled. Nothing was composed.',
  'compose.over': () => 'That piece has already finished.',
  'disk.full': () =>
    "The bot's disk is full, and nothing was changed. Ask whoever runs the bot to free some space, then try again.",
  'zip.too-large': (most) =>
    'files' in most
      ? `This zip contains more than ${number(most.files)} files. Upload fewer files at a time.`
      : `This zip unpacks to more than ${number(most.unpackedMegabytes)} MB. Upload fewer files at a time.`,
  'zip.damaged': () =>
    'This zip is damaged or contains unusual file names. Create it again and upload the new one.',
  'training.too-little-music': ({ windows, needed, windowNotes }) =>
    `Not enough music: training needs about ${number(needed + windowNotes)} notes. Add about ${number(needed - windows)} more.`,
  'training.nothing-read': ({ skipped }) =>
    skipped.length === 1 ? "I can't train on this file." : "I can't train on any of these files.",
  'training.kind': ({ name }) =>
    `Models like "${name}" can't be trained. Choose another model to start from, such as \`lstm\`.`,
  'training.interrupted': () => "I'm restarting. The training continues afterwards.",
  'training.failed': () =>
    'The training stopped unexpectedly, and no model was changed. Please start it again.',
  'training.lost': () =>
    'The interrupted training cannot continue because its files are damaged. Please start it again.',
  'training.over': () => 'That training has already finished.',
  'training.unreadable': ({ isZip }) =>
    isZip
      ? "I couldn't unpack this zip. Upload the files themselves."
      : "I couldn't read this file. Try a shorter or simpler one.",
  'training.busy': ({ model, done, secondsLeft }) => {
    const sofar = [
      ...(done === undefined ? [] : [percent(done)]),
      ...(secondsLeft === undefined ? [] : [timeLeft(Math.round(secondsLeft / 60))]),
    ];
    return `Another training is running: ${model === undefined ? 'a model of another server' : `\`${model}\``}${sofar.length === 0 ? '' : ` (${sofar.join(', ')})`}. I train one model at a time, so try again when it has finished.`;
  },
  'training.too-large': ({ mebibytes }) =>
    `The files are larger than ${number(mebibytes)} MiB in total. Upload fewer files, or a zip.`,
  'training.no-music': ({ folderFiles }) =>
    `No music to train on. Attach MIDI files or a zip of them${folderFiles === 0 ? '' : ", or set `files` to use some of the operator's music folder"}.`,
  'training.two-sources': () => 'You attached files and set `files`. Use one or the other.',
  'training.no-folder': () =>
    "This bot's operator has not set up a music folder. Attach MIDI files or a zip of them instead.",
  'training.folder-files': ({ files: count }) =>
    `The operator's music folder has ${counted(count, files)}. Set \`files\` to a number from 1 to ${number(count)}.`,
  'training.epochs': ({ min, max, given }) =>
    `\`epochs\` must be a whole number from ${number(min)} to ${number(max)}. You entered ${given}.`,
  'training.rate': ({ min, max, given }) =>
    `\`rate\` must be a number from ${min} to ${max}. You entered ${given}.`,
  'training.file': ({ why, mostMegabytes }) =>
    ({
      'zip-in-zip': 'This is a zip inside a zip. Unzip it first.',
      'not-midi': 'This is not a .mid file.',
      encrypted: 'This file is encrypted. Create the zip without a password.',
      unusual: 'This file uses an unusual compression. Create the zip with default settings.',
      'too-large': `This file unpacks to more than ${number(mostMegabytes)} MB.`,
      damaged: "This file is damaged and can't be unpacked.",
    })[why],
  'training.same-file': ({ twin }) => `This is the same file as "${twin}".`,
  'command.unknown': () => 'I no longer have this command. Restart Discord to see the current ones.',
  'action.unknown': () => 'This button belongs to another version of me. Use the command again.',
  'action.no-message': () => "I can't find the message that this belongs to. Use the command again.",
  'bot.stopping': () => "I'm restarting. Please try again in a minute.",
  'bot.restarted': () => 'I restarted before this was finished. Please try again.',
  'bot.too-late': () => 'This took longer than Discord allows. Try again with fewer notes.',
  'bot.permissions': ({ missing }) =>
    `I need ${list(missing.map((name) => `"${permissionName(name)}"`))} in this channel. Ask a server manager, or try another channel.`,
  'bot.not-owner': ({ act }) =>
    `Only the person who asked for this, or someone with "Manage Messages", can ${act} it.`,
  'settings.only-managers': () => 'You need "Manage Server" to change this. Ask someone who has it.',
  'settings.only-trainers': () =>
    'You need "Manage Server", or a place on the list in `/settings trainers`, to do this. Ask a server manager.',
  'settings.no-server': () => 'This only works in a server. Use it there.',
  'settings.too-many-trainers': ({ most }) =>
    `The list is full: it holds ${number(most)} roles and people. Add a role instead of its members.`,
  'share.at-once': ({ running }) =>
    `You already have ${running === 1 ? 'a request' : `${number(running)} requests`} running. Wait for one to finish, or cancel it.`,
  'share.hour': ({ who, had, limit, pieces: asked, nextSeconds }) => {
    const used =
      had < limit
        ? `${who === 'you' ? 'You have' : 'This server has'} only ${counted(limit - had, pieces)} left this hour`
        : `${who === 'you' ? "You've used your" : 'This server has used its'} ${counted(limit, pieces)} for this hour`;
    if (nextSeconds === undefined) return `${used}. Ask for fewer takes.`;
    return `${used}. ${asked === 1 ? 'Next one' : `Room for ${number(asked)}`} <t:${nextSeconds}:R>.`;
  },
  'share.channel': ({ channel }) =>
    `I can't post files in <#${channel}>. Ask a server manager to allow it, or to choose another channel with \`/settings share-channel\`.`,
  'attachment.host': () => "That file isn't hosted on Discord. Upload it here.",
  'attachment.expired': () => 'That file is no longer on Discord. Upload it again.',
  'attachment.unreachable': () => "I couldn't download that file from Discord. Upload it again.",
  'piece.gone': () =>
    "This piece's MIDI file was deleted, and with it everything I knew about the piece. Use /compose to make a new one.",
  'remix.slow': () => 'Loading the piece took too long to open the form directly. Open it here:',
  'message.no-midi': () => 'This message has no MIDI file. Choose one with a .mid file attached.',
  'message.one-midi': () =>
    'Attach one MIDI file (.mid) to start from, or none to start from a built-in opening.',
  'message.many-midi': () =>
    'This message has several MIDI files. Choose a message with just one, or use /compose with the file you want.',
  'daily.over': () => 'That vote is over. Vote under the newest piece of the day instead.',
  'radio.none': () => 'No radio is playing on this server. Start one with `/radio start`.',
  'radio.playing': ({ channel }) =>
    `The radio is already playing in ${channel}. Join it there, or stop it first.`,
  'radio.too-many': ({ most }) =>
    `I can only play in ${number(most)} voice ${most === 1 ? 'channel' : 'channels'} at once. Try again when one of them is free.`,
  'radio.not-in-voice': () => 'Join a voice channel first, then try again.',
  'radio.not-listening': ({ channel }) => `Only people who are listening can do that. Join ${channel} first.`,
  'radio.not-yours': () =>
    'Only the person who started the radio, server managers and people with the DJ role can do that. Ask one of them.',
  'radio.full': ({ channel }) => `${channel} is full. Ask somebody to leave, or choose another channel.`,
  'bot.channel-permissions': ({ channel, missing }) =>
    `I need ${list(missing.map((name) => `"${permissionName(name)}"`))} in ${channel}. Ask a server manager, or choose another channel.`,
  'radio.nothing-now': () =>
    'Nothing is playing just now: a piece is still being composed. Try again in a few seconds.',
  'radio.until': ({ given }) =>
    `I don't know when "${given}" is. Say how long, such as "2h" or "90 min", or when, such as "22:30".`,
  'radio.time-zone': () =>
    'I don\'t know the time zone of this server. Say how long instead, such as "2h", or have a manager set it with `/radio settings`.',
  'radio.no-zone': ({ given }) =>
    `I don't know a time zone "${given}". Choose one from the list, such as Europe/Berlin.`,
  'radio.own-file': () => 'That piece is a file that somebody brought. Keep a piece that I composed instead.',
  'radio.queue-full': ({ most }) =>
    `${number(most)} pieces are waiting already. Try again when some of them have been played.`,
  'radio.no-further': ({ direction }) =>
    `The music is as ${direction < 0 ? 'calm' : 'lively'} as I can make it.`,
  'radio.just-steered': () => 'The music is changing already. Try again in a few seconds.',
  'preset.empty': () => 'A preset needs at least one option. Add one and save it again.',
  'preset.name': () =>
    'A preset name is one word of up to 32 letters, digits and dashes. Choose another name.',
  'preset.built-in': ({ name }) => `"${name}" is a built-in preset. Choose another name.`,
  'preset.too-many': ({ most }) => `This server already has ${number(most)} presets. Delete one first.`,
  'preset.unknown': ({ name, names }) =>
    `There is no preset called "${name}". ${names.length === 0 ? 'There are none yet.' : `Use one of ${names.join(', ')}.`}`.slice(
      0,
      1900,
    ),
};

function kilobytes(bytes: number): string {
  return `${number(Math.ceil(bytes / 1024))} kB`;
}

/** `AttachFiles` as in Discord's settings: Attach Files. */
function permissionName(permission: string): string {
  return permission.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
}
