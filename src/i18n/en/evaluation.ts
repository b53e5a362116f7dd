import type { Losses } from '../../model/losses.js';

interface GapNats {
  readonly bothSides: number;
  readonly before: number;
}

/** Losses of a song network, in nats. */
interface SongNats {
  readonly notes: number;
  readonly bare: number;
  readonly told: number;
  readonly pitch: { readonly told: number; readonly withoutChords: number; readonly wrongKey: number };
  readonly gap: Readonly<Record<'bare' | 'told', GapNats>>;
}

interface Copies {
  readonly shares: string;
  readonly longest: string;
}

/** Reports on how good music is, and the cards of models they become part of; in English everywhere. */
export const evaluation = {
  /** Headings of the sections of a model card. */
  sections: {
    music: 'How good its music is',
    songs: 'How good its songs are',
    sampling: 'Settings of sampling',
  },

  /** The model's music, and music of known quality. */
  music: {
    model: 'this model',
    real: 'real music',
    permuted: 'real, pitches permuted',
    bigrams: 'bigram chain',
    noise: 'unigram noise',
    loop: '16-note loop of real',
    ostinato: 'two-note ostinato',
  },

  features: {
    pch_ent: 'pitch-class entropy (bits)',
    scale_cons: 'share inside the best scale',
    pch_ent_4s: 'pitch-class entropy, 4 s (bits)',
    density: 'notes a second',
    chord_frac: 'share of chord steps (≤ 30 ms)',
    ioi_mean: 'mean log IOI (ms)',
    ioi_sd: 'spread of log IOI',
    ioi_ent: 'entropy of IOI (bits)',
    dur_mean: 'mean log duration (ms)',
    dur_sd: 'spread of log duration',
    poly: 'notes sounding at once',
    p_mean: 'mean pitch',
    p_sd: 'spread of pitch',
    p_range: 'pitch range',
    v_mean: 'mean velocity',
    v_sd: 'spread of velocity',
    v_ac: 'velocity autocorrelation',
    rep_pitch: 'share of repeated pitches',
    step: 'share of steps (1–2 semitones)',
    leap: 'share of leaps (> an octave)',
    iv_ent: 'entropy of intervals (bits)',
    rep4: 'repeated 4-note figures',
    rep8: 'repeated 8-note figures',
    ss_short: 'self-similarity, 2–8 s',
    ss_mid: 'self-similarity, 8–20 s',
    diss: 'dissonant chord intervals',
  },

  heading: (model: string, split: string, heldOut: number, training: number): string =>
    `${model} on ${split}: ${heldOut} held-out pieces, ${training} training pieces`,
  measured: (
    seeds: readonly number[],
    sampling: string | undefined,
    settings: Readonly<Record<string, number>>,
  ): string =>
    `Measured by \`npm run evaluate\`, seeds ${seeds.join(', ')}; ${sampling === undefined ? '' : `sampling ${sampling}, `}${chosen(settings).join(', ')}.`,

  /** The page with plots. */
  page: {
    title: (model: string): string => `How good is ${model}?`,
    lead: (split: string, sampling: string | undefined, settings: Readonly<Record<string, number>>): string =>
      `Its music compared with real music of the ${split} split and with music of known quality. Sampling: ${[...(sampling === undefined ? [] : [sampling]), ...chosen(settings)].join(', ')}.`,
    distances: 'How far from real music',
    distancesNote: 'Fréchet distance over 26 features. Further left is better.',
    features: 'Features',
    worst: (features: readonly string[]): string => `Furthest from real music: ${features.join('; ')}.`,
    medians: 'ticks mark medians',
    tables: 'Tables',
    /** Alt texts. */
    ruler: (distances: readonly string[]): string =>
      `Fréchet distance to real music: ${distances.join(', ')}`,
    plot: (feature: string, median: string, ofReal: string): string =>
      `${feature}: median ${median}, in real music ${ofReal}`,
  },

  distances: {
    title: 'Distance to real music',
    note: (excerpts: number, notes: number, primer: number, split: string, seeds: number): string =>
      `${excerpts} excerpts of ${notes} notes, one per piece, compared with as many from the training split. ` +
      `The model continues the first ${primer} notes of each ${split} piece; “real music” is how the piece itself continues. ` +
      `Mean ± spread over ${seeds} seeds. For FD₂₆ and MMD², real music scores 0. For 1-NN and C2ST, 0.5 means indistinguishable from real music and 1 always told apart. For overlap, real music scores 1.`,
    columns: {
      fd26: 'FD₂₆',
      fdWithoutVelocity: 'without velocity',
      mmd2: 'MMD²',
      nearestNeighbour: '1-NN',
      classifier: 'C2ST',
      overlap: 'overlap',
    },
  },

  pieces: {
    title: 'Whole pieces',
    note: (pieces: number, fd26: string, lastingPulse: string): string =>
      `${pieces} pieces of 300 notes that continue the built-in openings with default options, and a third as many of each other length, next to held-out pieces, the same pieces cut at random, and chance: the notes of another piece with their gaps shuffled. ` +
      'Held tonic close: only the tonic triad, over the tonic, for at least a second. Slowing: the last six gaps divided by those before. Last length: divided by the median length. Recall: share of the opening’s five-note figures that return in the next 300 notes, or, “in all”, in the whole rest of the piece. ' +
      `FD₂₆ from the built-in openings: ${fd26}. Pulse clarity of the last 500 of 2,000 notes divided by that of the first 500: ${lastingPulse}.`,
    columns: {
      tonicBass: 'bass on the tonic',
      heldTonicClose: 'held tonic close',
      slowing: 'slowing',
      lastLength: 'last length',
      recall: 'recall',
      topRecall: 'of the top line',
      longRecall: '8-note recall',
      recallInAll: 'recall in all',
      longRecallInAll: '8-note recall in all',
      pulse: 'pulse clarity',
    },
    rows: {
      notes: '300 notes',
      minute: '1:00',
      twoMinutes: '2:00',
      primers: '300 notes, from real primers',
      real: 'real',
      cut: 'real, cut',
      chance: 'chance',
    },
  },

  wishes: {
    title: 'Does it follow wishes',
    note: 'Share of pieces within the range of real music by that composer or of that era (10th to 90th percentile), or, for grades and moods, of all music (1st to 99th). “any” is the same share for any real music. Spread: the range of the pieces (10th to 90th percentile) divided by that of real music. Mode: share of pieces in the mood’s mode.',
    columns: { density: 'density', polyphony: 'polyphony', loudness: 'loudness' },
    any: (column: string): string => `any: ${column}`,
    spread: (column: string): string => `spread: ${column}`,
    mode: 'mode',
  },

  likelihood: {
    title: 'Likelihood of held-out music',
    /** What is measured. */
    notes: {
      losses: (windows: string, weights: Losses): string =>
        `Losses over ${windows} windows of 25 notes; weighted: ${weightedSum(weights)}.`,
      nats: (notes: string): string =>
        `Nats a note over ${notes} notes on a grid of 10 ms, lengths with pedal, no tags given; a bin of time that is w ticks wide costs ln w more.`,
    },
    columns: {
      weighted: 'weighted',
      pitchLoss: 'pitch (nats)',
      stepLoss: 'step (s²)',
      durationLoss: 'duration (s²)',
      all: 'all',
      class: 'class',
      dt: 'dt',
      pitch: 'pitch',
      velocity: 'velocity',
      duration: 'duration',
    },
    rows: { model: 'this model', constant: 'constant, pitch unigram', bigram: 'pitch bigram' },
  },

  structure: {
    title: 'Structure',
    note: 'Distance between the medians, as a fraction of the range that covers the middle 80 % of real music. Too little is as wrong as too much.',
    columns: ['model, median', 'real, median', 'real band', 'distance'],
  },

  faults: {
    title: 'Faults',
    note: 'Share of excerpts.',
    rows: {
      loop: 'loops: over half of the 8-note figures are repeats',
      drone: 'drones: 32 notes of one pitch, or of up to four in turn',
      silence: 'silence: nothing sounds for 5 s',
      oneNote: 'one note: one pitch is over half of the notes',
    },
  },

  copies: {
    title: 'Copies of the training music',
    note: (notes: number): string =>
      `Share of figures that also occur in the training music, in any transposition. Held-out real music shares some too; a match of ${notes} notes counts as a copy.`,
    figures: (notes: number): string => `${notes} notes`,
    notPeriodic: (notes: number): string => `${notes} notes, no repeated note or trill`,
    longest: 'longest match, notes',
    short: 'under 16',
  },

  adherence: {
    title: 'Does it follow the options',
    note: 'Measured on finished MIDI files. An option counts as followed if every note follows it; a tag, if 128 new notes have exactly the requested grade or clearly the requested key. ρ is Spearman’s correlation between requested and measured values.',
    columns: ['followed', 'ρ'],
    all: 'all together',
    tag: (name: string): string => `tag ${name}`,
    followed: (obeyed: number, requests: number): string => `${obeyed} of ${requests}`,
  },

  cost: {
    title: 'Cost',
    note: 'On one thread, one piece at a time.',
    rows: {
      speed: 'notes a second',
      median: '300 notes, median',
      slowest: '300 notes, 95th percentile',
      memory: 'peak memory',
    },
    memory: (peak: number, bare: number): string => `${peak} MiB, including ${bare} MiB for Node itself`,
  },

  sweep: (excerpts: number, seeds: number): string =>
    `Distance to real music of ${excerpts} excerpts, mean ± spread over ${seeds} seeds; the nearest first, the default in bold. Ends, recall and pulse are those of as many pieces of 300 notes from the built-in openings.`,

  songs: {
    composed: (model: string, pieces: number, seeds: number): string =>
      `Composed by ${model} over the plans of ${pieces} passages of up to 32 bars of held-out songs (key, meter, chords, sections and parts; first the beginnings of all songs), ${seeds} times each, and once with these chords as requested ones. Means.`,
    measures: {
      entropy: 'pitch-class entropy',
      groove: 'groove',
      barEntropy: 'entropy of a bar',
      likenessBack8: 'likeness 8 back',
      equalBars: 'equal bars',
      notesPerBar: 'notes a bar',
      melodyOnChords: 'melody on chords',
      melodyRepeats: 'repeated pitches in the melody',
      rootHeard: 'asked root heard',
      inChord: 'in asked chord',
      inKey: 'in key',
    },
    rows: {
      composed: 'composed',
      withChords: 'with chords',
      real: 'real',
      shuffled: 'shuffled',
      jitter: 'jitter',
      bigram: 'bigram',
      swapped: 'swapped',
      looped: 'looped',
    },
    nats: ({ notes, bare, told, pitch, gap }: SongNats): string =>
      `Nats per note without velocity, over ${notes.toLocaleString('en')} notes: ${bare.toFixed(2)} given style and meter, ${told.toFixed(2)} given the whole plan. For pitch alone: ${pitch.told.toFixed(2)} given the plan, ${pitch.withoutChords.toFixed(2)} without its chords, ${pitch.wrongKey.toFixed(2)} with a wrong key. For gaps of two bars, given four to eight bars on both sides or only those before: ${gapText(gap.bare)} given style and meter, ${gapText(gap.told)} given the whole plan.`,
    share: (percent: string, notes: number): string => `${percent} % of ${notes} notes`,
    copies: (composed: Copies, real: Copies): string =>
      `Figures of single parts that the training music also has, in any transposition: ${composed.shares} (held-out music: ${real.shares}). Longest match: ${composed.longest} notes (held-out music: ${real.longest}).`,
    columns: ['measure', 'value', 'goal', 'met'],
    yes: 'yes',
    no: 'no',
    /** What has a goal. */
    bars: {
      nats: 'nats a note',
      savedByChords: 'nats of pitch that chords save',
      savedByKey: 'nats of pitch that the right key saves',
      savedBySides: 'nats that both sides of a gap save',
      frechet: 'Fréchet distance',
      grooveMedian: 'groove, median',
      barEntropyMedian: 'entropy of a bar, median',
      likenessBack8Median: 'likeness 8 back, median',
      equalBarsMedian: 'equal bars, median',
      notesPerBarMedian: 'notes a bar, median',
      melodyOnChords: 'melody on chords',
      melodyAboveSwapped: 'melody on chords, above swapped',
      rootHeard: 'asked root heard, with chords',
      inChord: 'in asked chord, with chords',
      likenessBack8: 'likeness 8 back, with the plan',
      inKey: 'in key',
      longestCopy: 'longest copy, notes',
      kept: 'promises kept',
    },
    requested: (model: string, fit: number): string =>
      `Songs by ${model}, requested by their style alone. “Swapped” has each melody over the parts of another song, in its key: the melody has to be on the chords of its own song for at least ${fit} more of its time.`,
    styleColumns: [
      'style',
      'melody on chords',
      'swapped',
      'repeated pitches in the melody',
      'root heard',
      'in chord',
      'promises kept',
      'longest copy',
      'met',
    ],
  },

  model: 'model',
  real: 'real',
  range: (from: string, to: string): string => `${from} to ${to}`,
};

function chosen(settings: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(settings).map(([name, value]) => `${name} ${value}`);
}

function gapText({ bothSides, before }: GapNats): string {
  return `${bothSides.toFixed(2)} or ${before.toFixed(2)}`;
}

/** `0.05 · pitch + step + duration` */
function weightedSum(weights: Losses): string {
  const terms = Object.entries(weights).map(([part, weight]) =>
    weight === 1 ? part : `${weight} · ${part}`,
  );
  return terms.join(' + ');
}
