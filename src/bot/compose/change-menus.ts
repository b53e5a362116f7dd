import { ComponentType, type APISelectMenuOption } from 'discord.js';
import type { Language } from '../../i18n/language.js';
import { instrumentIn, partNameIn } from '../../i18n/sound.js';
import { formatChange, keyAt, type Change } from '../../music/edit/change.js';
import { settingsAtStart, type Piece } from '../../music/piece.js';
import { isMuted, type Role, type Track } from '../../music/track.js';
import { formatCustomId } from '../dispatch/custom-id.js';
import type { ComponentRow } from '../reply/message-content.js';

/** Name of the action of the menus. */
export const changeAction = 'change';

/** Discord's limit on choices in a menu. */
const mostChoices = 25;
const longestLabel = 100;

/** Alternative instruments for a part, by its role, the most different first. */
const others: Readonly<Record<Exclude<Role, 'drums'>, readonly number[]>> = {
  melody: [73, 40, 65, 56, 71, 0, 53, 80, 46, 24, 21, 68],
  'counter-melody': [40, 71, 60, 73, 48, 65, 42, 11, 68, 56],
  harmony: [0, 48, 24, 4, 46, 89, 19, 52, 11, 6, 27, 61],
  bass: [33, 32, 38, 42, 70, 58],
};
const tempos = [80, 90, 110, 125] as const;

/**
 * Menus under a piece of several parts: mute and solo, instruments, tempo and key; none under a solo piano
 * piece.
 */
export function changeMenus(language: Language, piece: Piece): readonly ComponentRow[] {
  if (piece.tracks.length < 2) return [];
  const { changes } = language;
  return [
    menu('parts', changes.parts, partChoices(language, piece)),
    menu('instruments', changes.instruments, instrumentChoices(language, piece)),
    menu('music', changes.music, musicChoices(language, piece)),
  ].filter((row) => row !== undefined);
}

function menu(
  name: string,
  placeholder: string,
  options: readonly APISelectMenuOption[],
): ComponentRow | undefined {
  if (options.length === 0) return undefined;
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: formatCustomId(changeAction, name),
        placeholder,
        options: options.slice(0, mostChoices),
      },
    ],
  };
}

function choice(label: string, change: Change): APISelectMenuOption {
  return { label: label.slice(0, longestLabel), value: formatChange(change) };
}

/** Track names, numbered if several have the same one. */
function namesOf(language: Language, { tracks }: Piece): readonly string[] {
  const names = tracks.map((track) => partNameIn(language, track));
  return names.map((name, i) => {
    const same = names.filter((other) => other === name).length;
    return same > 1 ? `${name} ${names.slice(0, i + 1).filter((other) => other === name).length}` : name;
  });
}

function partChoices(language: Language, piece: Piece): readonly APISelectMenuOption[] {
  const { changes } = language;
  const names = namesOf(language, piece);
  const areSomeMuted = piece.tracks.some(isMuted);
  const heard = piece.tracks.filter((track) => !isMuted(track)).length;
  return [
    ...(areSomeMuted ? [choice(changes.everybody, { kind: 'everybody' })] : []),
    ...piece.tracks.flatMap((track, part) => {
      if (isMuted(track)) return [choice(changes.unmute(names[part]!), { kind: 'unmute', part })];
      return heard > 1 ? [choice(changes.mute(names[part]!), { kind: 'mute', part })] : [];
    }),
    ...piece.tracks.flatMap((track, part) =>
      heard === 1 && !isMuted(track) ? [] : [choice(changes.solo(names[part]!), { kind: 'solo', part })],
    ),
  ];
}

/** The same number of choices for each part, as many as fit. */
function instrumentChoices(language: Language, piece: Piece): readonly APISelectMenuOption[] {
  const names = namesOf(language, piece);
  const pitched = piece.tracks.filter(({ isDrums }) => !isDrums).length;
  const each = Math.floor(mostChoices / Math.max(1, pitched));
  return piece.tracks.flatMap((track, part) =>
    track.isDrums
      ? []
      : others[roleOf(track, part)]
          .filter((program) => program !== track.program)
          .slice(0, each)
          .map((program) =>
            choice(`${names[part]!} → ${instrumentIn(language, program)}`, {
              kind: 'instrument',
              part,
              program,
            }),
          ),
  );
}

function roleOf({ role, program }: Track, part: number): Exclude<Role, 'drums'> {
  if (role !== undefined && role !== 'drums') return role;
  if (program >= 32 && program < 40) return 'bass';
  return part === 0 ? 'melody' : 'harmony';
}

function musicChoices(language: Language, piece: Piece): readonly APISelectMenuOption[] {
  const { changes, result } = language;
  const { tempoBpm, key } = settingsAtStart(piece);
  const semitones = Array.from({ length: 11 }, (_, i) => (i < 5 ? i - 5 : i - 4));
  return [
    ...tempos.map((percent) => {
      const bpm = Math.round((tempoBpm * percent) / 100);
      return choice(percent < 100 ? changes.slower(bpm) : changes.faster(bpm), { kind: 'tempo', percent });
    }),
    ...semitones.map((shift) => {
      const signed = `${shift > 0 ? '+' : '−'}${Math.abs(shift)}`;
      const label =
        key === undefined ? changes.transpose(signed) : changes.key(result.key(keyAt(key, shift)), signed);
      return choice(label, { kind: 'key', semitones: shift });
    }),
  ];
}
