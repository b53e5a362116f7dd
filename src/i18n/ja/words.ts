import { composerNames } from '../../request/words/composer-names.js';
import type { Key, Tonic } from '../../music/theory/key.js';
import type { Language } from '../language.js';
import { songChoices } from './songs.js';

const tonics: Readonly<Record<Tonic, string>> = {
  ...{ C: 'ハ', 'C#': '嬰ハ', D: 'ニ', Eb: '変ホ', E: 'ホ', F: 'ヘ' },
  ...{ 'F#': '嬰ヘ', G: 'ト', Ab: '変イ', A: 'イ', Bb: '変ロ', B: 'ロ' },
};

export const choices: Language['choices'] = {
  ...songChoices,
  scale: {
    major: '長調',
    'natural-minor': '自然的短調',
    'harmonic-minor': '和声的短調',
    'melodic-minor': '旋律的短調',
    dorian: 'ドリア',
    phrygian: 'フリギア',
    lydian: 'リディア',
    mixolydian: 'ミクソリディア',
    locrian: 'ロクリア',
    'major-pentatonic': '長ペンタトニック',
    'minor-pentatonic': '短ペンタトニック',
    blues: 'ブルース',
    'whole-tone': '全音音階',
    chromatic: '半音階',
  },
  quantise: { none: 'なし', seed: '8分', straight: '16分', triplet: '三連符' },
  voices: { poly: '多声', mono: '単声' },
  sampling: { spread: '広め', source: '原型' },
  mood: {
    sad: '悲しい',
    calm: '穏やか',
    tender: '優しい',
    dreamy: '夢見心地',
    mysterious: '神秘的',
    dark: '暗い',
    happy: '楽しい',
    playful: '遊び心',
    dramatic: '劇的',
    angry: '怒り',
    triumphant: '勝利',
    epic: '壮大',
  },
  density: { sparse: 'まばら', light: '少なめ', medium: '中くらい', busy: '多め', dense: '密集' },
  polyphony: { thin: '薄い', light: '軽い', medium: '中くらい', rich: '豊か', full: '厚い' },
  composer: composerNames.japanese,
  era: { baroque: 'バロック', classical: '古典派', romantic: 'ロマン派', modern: '近代' },
};

export function key({ tonic, scale }: Key): string {
  const name = tonics[tonic];
  switch (scale) {
    case 'major':
      return `${name}長調`;
    case 'natural-minor':
    case 'minor':
      return `${name}短調`;
    case 'harmonic-minor':
      return `${name}短調（和声的）`;
    case 'melodic-minor':
      return `${name}短調（旋律的）`;
    case 'whole-tone':
    case 'chromatic':
      return `${name}音からの${choices.scale[scale]}`;
    case 'dorian':
    case 'phrygian':
    case 'lydian':
    case 'mixolydian':
    case 'locrian':
      return `${name}調${choices.scale[scale]}旋法`;
    default:
      return `${name}調${choices.scale[scale]}`;
  }
}
