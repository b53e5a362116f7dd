import { composerNames } from '../request/words/composer-names.js';
import type { Key, Tonic } from '../music/theory/key.js';
import { fineTuning } from '../model/lstm/fine-tuning.js';
import type { Language } from './english.js';
import { clock, figures } from './grammar.js';
import { refusalSentence } from './refusals.js';

const { number, percent, counted, form, list } = figures('fr');
const notes = { one: 'note', other: 'notes' };
const files = { one: 'fichier', other: 'fichiers' };
const epochs = { one: 'époque', other: 'époques' };
const pieces = { one: 'morceau', other: 'morceaux' };

const tonics: Readonly<Record<Tonic, string>> = {
  ...{ C: 'do', 'C#': 'do dièse', D: 'ré', Eb: 'mi bémol', E: 'mi', F: 'fa' },
  ...{ 'F#': 'fa dièse', G: 'sol', Ab: 'la bémol', A: 'la', Bb: 'si bémol', B: 'si' },
};

const choices: Language['choices'] = {
  scale: {
    major: 'majeur',
    'natural-minor': 'mineur-naturel',
    'harmonic-minor': 'mineur-harmonique',
    'melodic-minor': 'mineur-mélodique',
    dorian: 'dorien',
    phrygian: 'phrygien',
    lydian: 'lydien',
    mixolydian: 'mixolydien',
    locrian: 'locrien',
    'major-pentatonic': 'pentatonique-majeur',
    'minor-pentatonic': 'pentatonique-mineur',
    blues: 'blues',
    'whole-tone': 'par-tons',
    chromatic: 'chromatique',
  },
  quantise: { none: 'aucune', seed: 'croches', straight: 'doubles-croches', triplet: 'triolets' },
  voices: { poly: 'plusieurs', mono: 'une' },
  sampling: { spread: 'étalé', source: 'original' },
  mood: {
    sad: 'triste',
    calm: 'calme',
    tender: 'tendre',
    dreamy: 'rêveuse',
    mysterious: 'mystérieuse',
    dark: 'sombre',
    happy: 'joyeuse',
    playful: 'espiègle',
    dramatic: 'dramatique',
    angry: 'furieuse',
    triumphant: 'triomphale',
    epic: 'épique',
  },
  density: { sparse: 'clairsemée', light: 'légère', medium: 'moyenne', busy: 'animée', dense: 'dense' },
  polyphony: { thin: 'mince', light: 'légère', medium: 'moyenne', rich: 'riche', full: 'pleine' },
  composer: composerNames.french,
  era: { baroque: 'baroque', classical: 'classique', romantic: 'romantique', modern: 'moderne' },
};

function key({ tonic, scale }: Key): string {
  return `${tonics[tonic]} ${choices.scale[scale].replaceAll('-', ' ')}`;
}

const options: Language['options'] = {
  notes: { name: 'notes', description: 'Combien de notes composer (300)' },
  temp: { name: 'température', description: 'En dessous de 1 plus prudent, au-dessus plus hardi (1,0)' },
  tempo: { name: 'tempo', description: 'Vitesse : 2 est deux fois plus rapide (1,0)' },
  pitch: { name: 'hauteur', description: 'Où se situe le milieu de la musique ; 60 est le do central' },
  velocity: { name: 'vélocité', description: 'Force de frappe moyenne : 40 est doux, 100 est fort' },
  key: { name: 'tonalité', description: 'Tonique de la gamme (C est do, A est la) ; seule, en majeur' },
  scale: { name: 'gamme', description: 'Gamme à laquelle appartient chaque note ; seule, sur do' },
  quantise: {
    name: 'grille',
    description: 'Caler les notes : croches (jusqu’aux rondes), doubles-croches ou triolets de croches',
  },
  voices: { name: 'voix', description: 'une : joue une seule note à la fois' },
  sampling: {
    name: 'tirage',
    description: 'étalé est vivant et garde les notes du morceau, original est la réponse brute du réseau',
  },
  mood: { name: 'humeur', description: 'Transformer : l’humeur de la musique' },
  density: { name: 'densité', description: 'Transformer : combien de notes viennent par seconde' },
  polyphony: { name: 'polyphonie', description: 'Transformer : combien de notes sonnent ensemble' },
  composer: { name: 'compositeur', description: 'Transformer : à la manière d’un compositeur' },
  era: { name: 'époque', description: 'Transformer : à la manière d’une époque' },
  text: {
    name: 'texte',
    description:
      'Transformer : dans tes mots, p. ex. triste, lent, ré mineur ; la réponse dit ce que j’ai compris',
  },
  seed: { name: 'graine', description: 'Graine du hasard : la même donne le même morceau' },
  model: {
    name: 'modèle',
    description: 'Quel réseau compose : transformer, expressif ; lstm, petit ; ou un modèle de ce serveur',
  },
  opening: { name: 'début', description: 'De quel début intégré partir ; sinon la graine choisit' },
};

const composeOptions: Language['commands']['compose']['options'] = {
  preset: {
    name: 'préréglage',
    description: 'Un ensemble d’options nommé ; celles données à côté l’emportent',
  },
  midi: { name: 'midi', description: 'Un fichier MIDI d’où partir, à la place d’un début intégré' },
  takes: { name: 'prises', description: 'Combien de morceaux parmi lesquels choisir (1)' },
  private: {
    name: 'privé',
    description: 'Ne montrer le résultat qu’à toi ; Partager le montre ensuite à tous',
  },
  voice: { name: 'vocal', description: 'Envoyer aussi l’extrait comme message vocal' },
};

const permissions: Readonly<Record<string, string>> = {
  AttachFiles: 'Joindre des fichiers',
  ViewChannel: 'Voir le salon',
  SendMessages: 'Envoyer des messages',
  SendMessagesInThreads: 'Envoyer des messages dans les fils',
  SendVoiceMessages: 'Envoyer des messages vocaux',
};

const speeds = {
  'very slow': 'très lent',
  slow: 'lent',
  moderate: 'modéré',
  'moderately fast': 'assez rapide',
  fast: 'rapide',
  'very fast': 'très rapide',
} as const;
const registers = {
  'from low to high': 'du grave à l’aigu',
  'mostly low': 'surtout dans le grave',
  'mostly middle': 'surtout dans le médium',
  'mostly high': 'surtout dans l’aigu',
} as const;
const loudness = {
  'very soft': 'très doux',
  soft: 'doux',
  'moderately loud': 'moyennement fort',
  loud: 'fort',
  'very loud': 'très fort',
} as const;

function timeLeft(minutes: number): string {
  return minutes < 1 ? 'moins d’une minute' : `environ ${number(minutes)} min`;
}

const midiAdvice = 'Envoie un fichier .mid, tel qu’un éditeur de partitions ou un séquenceur l’exporte.';

export const french: Language = {
  locale: 'fr',
  figures: figures('fr'),

  commands: {
    compose: {
      name: 'composer',
      description: 'Composer un morceau de musique : un fichier MIDI, le son et l’image',
      options: composeOptions,
    },
    composeFromMidi: { name: 'Composer à partir de ce MIDI' },
    continueMidi: { name: 'Prolonger ce MIDI' },
    preset: {
      name: 'préréglage',
      description: 'Ensembles d’options nommés pour /composer',
      list: { name: 'liste', description: 'Montrer tous les préréglages et ce qu’ils contiennent' },
      save: {
        name: 'enregistrer',
        description: 'Enregistrer des options sous un nom (pour qui gère le serveur)',
      },
      delete: {
        name: 'supprimer',
        description: 'Supprimer un préréglage de ce serveur (pour qui gère le serveur)',
      },
      presetName: { name: 'nom', description: 'Nom du préréglage' },
    },
    settings: {
      name: 'paramètres',
      description: 'Ce que ce serveur décide de ma musique',
      show: { name: 'voir', description: 'Montrer les paramètres de ce serveur' },
      defaults: {
        name: 'défauts',
        description: 'Ce que /composer prend si rien n’est précisé ; ce qui manque ici me revient',
      },
      shareChannel: {
        name: 'salon-partage',
        description: 'Où le bouton Partager publie',
        channel: { name: 'salon', description: 'Sans salon, celui où l’on appuie sur le bouton' },
      },
      limits: {
        name: 'limites',
        description: 'Combien de morceaux par heure ; ce qui manque me revient',
        person: { name: 'personne', description: 'Morceaux que chacun obtient ici par heure' },
        server: { name: 'serveur', description: 'Morceaux que tous ensemble obtiennent ici par heure' },
      },
      trainers: {
        name: 'entraîneurs',
        description: 'Qui peut entraîner et choisir des modèles, outre ceux qui gèrent le serveur',
        allow: { name: 'autoriser', description: 'Un rôle ou une personne qui le peut' },
        forbid: { name: 'interdire', description: 'Un rôle ou une personne qui ne le peut plus' },
      },
      language: {
        name: 'langue',
        description: 'Ma langue là où je ne connais pas celle de la personne',
        language: { name: 'langue', description: 'Sans choix, celle du serveur' },
      },
    },
    train: {
      name: 'entraîner',
      description: 'Entraîner un modèle propre à ce serveur sur la musique que tu donnes',
      modelName: { name: 'nom', description: 'Comment le nouveau modèle doit s’appeler' },
      file: (n) => ({
        name: `fichier${n}`,
        description: n === 1 ? 'Un fichier MIDI, ou un zip de fichiers MIDI' : 'Encore un fichier',
      }),
      files: {
        name: 'fichiers',
        description: 'Au lieu de tes fichiers : combien en prendre dans le dossier de l’opérateur',
      },
      epochs: {
        name: 'époques',
        description: `Combien de fois parcourir la musique ; ${number(fineTuning.epochs.default)} sauf indication`,
      },
      rate: {
        name: 'taux',
        description: `Taux d’apprentissage maximal ; ${number(fineTuning.rate.default)} sauf indication`,
      },
      from: { name: 'depuis', description: 'Le modèle d’où partir ; sauf indication, celui en usage' },
    },
    model: {
      name: 'modèle',
      description: 'Les modèles de ce serveur',
      list: { name: 'liste', description: 'Quels modèles il y a, et lequel est en usage' },
      show: { name: 'voir', description: 'Sur quoi et comment un modèle a été entraîné, et ce qu’il vaut' },
      use: { name: 'utiliser', description: 'Faire composer ce serveur avec un modèle' },
      rollback: { name: 'revenir', description: 'Revenir au modèle utilisé auparavant' },
      delete: { name: 'supprimer', description: 'Supprimer un modèle que ce serveur a entraîné' },
      modelName: { name: 'nom', description: 'Nom du modèle' },
    },
    forget: { name: 'oublier', description: 'Supprimer tout ce que je garde pour ce serveur' },
    help: {
      name: 'aide',
      description: 'Des exemples à copier, et ce que chaque option fait à la musique',
      topic: { name: 'sujet', description: 'Ce qu’il faut montrer (début)' },
      topics: {
        start: 'début',
        options: 'options',
        character: 'caractère',
        files: 'fichiers',
        server: 'serveur',
      },
    },
    about: {
      name: 'à-propos',
      description: 'Ce qui compose ici, sous quelle licence, et la rapidité de la ligne',
    },
  },

  options,
  choices,
  vocabulary: {
    slow: 'lent',
    fast: 'rapide',
    soft: 'doux',
    loud: 'fort',
    low: 'grave',
    high: 'aigu',
    sparse: 'clairsemé',
    dense: 'dense',
    thin: 'mince',
    rich: 'riche',
    staccato: 'staccato',
    legato: 'legato',
    expressive: 'expressif',
    even: 'régulier',
    major: 'majeur',
    minor: 'mineur',
  },

  buttons: {
    cancel: 'Annuler',
    again: 'Encore',
    vary: 'Varier',
    continue: 'Prolonger',
    remix: 'Remix',
    info: 'Infos',
    share: 'Partager',
    delete: 'Supprimer',
    take: (n) => `Prise ${n}`,
    use: 'Utiliser',
  },

  progress: {
    queued: (place) =>
      place === 1
        ? 'En attente : c’est bientôt ton tour.'
        : `En attente : numéro ${number(place)} dans la file.`,
    composing: (done, total, secondsLeft) => {
      const left = secondsLeft === undefined ? '' : `, encore ${number(secondsLeft)} s environ`;
      return `Composition : ${number(done)} sur ${counted(total, notes)}${left}.`;
    },
    rendering: 'Le son et l’image se préparent.',
  },

  result: {
    notes: (count) => counted(count, notes),
    key,
    seed: 'graine',
    takes: (count) =>
      `**${number(count)} prises** : écoute-les, puis choisis-en une pour son image et tout ce qu’on peut en faire.`,
    previewCut: (time) => `L’extrait contient les ${time} du début ; le fichier MIDI a tout le morceau.`,
    previewTooLarge: 'L’extrait était trop gros pour Discord ; le fichier MIDI a tout le morceau.',
    previewsTooLarge: 'Les extraits étaient trop gros pour Discord ; choisis une prise pour l’entendre.',
    shared: (channel) => `Partagé dans ${channel}.`,
    understood: (words) => `Compris : ${words}.`,
    notUnderstood: (words) => `Pas compris : ${words}.`,
    nothingUnderstood:
      'Je n’ai compris aucun de tes mots ; je connais des humeurs, des tempos, des compositeurs et des tonalités.',
  },

  titles: {
    after: 'D’après #',
    untitled: 'D’après un fichier MIDI',
    openings: {
      'J. S. Bach, Prelude from Cello Suite No. 1': 'J. S. Bach, Suite pour violoncelle nº 1',
      'J. S. Bach, Prelude in C major': 'J. S. Bach, Prélude en do majeur',
      'L. van Beethoven, Für Elise': 'L. van Beethoven, La Lettre à Élise',
      'L. van Beethoven, Moonlight Sonata': 'L. van Beethoven, Sonate au clair de lune',
      'F. Chopin, Prelude in A major': 'F. Chopin, Prélude en la majeur',
      'W. A. Mozart, Andante grazioso': 'W. A. Mozart, Andante grazioso',
      'W. A. Mozart, Sonata facile': 'W. A. Mozart, Sonate facile',
      'C. Petzold, Minuet in G major': 'C. Petzold, Menuet en sol majeur',
      'E. Satie, Gymnopédie No. 1': 'E. Satie, Gymnopédie nº 1',
      'R. Schumann, Träumerei': 'R. Schumann, Rêverie',
    },
  },

  altText: {
    sound(sound) {
      if (sound === undefined) return 'Un morceau sans notes.';
      const [softest, loudest] = sound.loudness;
      return [
        counted(sound.notes, notes) +
          (sound.given === undefined
            ? ''
            : sound.given === 1
              ? ' (la première donnée)'
              : ` (les ${number(sound.given)} premières données)`),
        ...(sound.key === undefined ? [] : [key(sound.key)]),
        clock(sound.seconds),
        ...(sound.speed === undefined ? [] : [speeds[sound.speed]]),
        registers[sound.register],
        softest === loudest ? loudness[softest] : `de ${loudness[softest]} à ${loudness[loudest]}`,
      ].join(', ');
    },
    preview: (sound) => `Extrait au piano : ${sound}`,
    pianoRoll: (sound) => `Rouleau de piano : ${sound}`,
    curve: (model, validations) =>
      `Perte de l’entraînement de ${model} au fil des pas, à l’entraînement et sur de la musique mise de côté, après ${counted(validations, { one: 'validation', other: 'validations' })}`,
    sampleBy: (model, sound) => `Par ${model}. ${sound}`,
    helpPianoRoll:
      'Rouleau de piano d’un exemple : le début donné en notes creuses, les notes composées ensuite pleines',
    helpPreview: 'Le même morceau en son, joué au piano',
  },

  picture: {
    roll: {
      notes: { one: '# note', other: '# notes' },
      ...{ given: 'données', new: 'nouvelles', soft: 'doux', loud: 'fort' },
    },
    curve: {
      title: (model) => `Entraînement de ${model}`,
      lossOverSteps: 'Perte au fil des pas',
      lowest: 'Perte de validation la plus basse',
      ...{ step: 'pas', steps: 'pas', training: 'entraînement', validation: 'validation' },
    },
  },

  info: {
    composedBy: (weights, total, given) =>
      `Composé par \`${weights}\` : ${counted(total, notes)}, dont ${given === 1 ? 'la première est donnée' : `les ${number(given)} premières sont données`}.`,
    continues: 'Il prolonge un autre morceau depuis sa fin. Pour avoir le même : appuie sur Remix, et saisis',
    fromFile: 'Pour avoir le même : cette commande, avec le fichier ci-dessous comme `midi`.',
    again: 'Pour avoir le même :',
  },

  remix: {
    title: 'Remix',
    options: 'Options',
    optionsHint:
      'Comme dans /composer. Retire la graine pour en avoir une autre, ou toute option pour son défaut.',
    file: 'Un autre fichier MIDI d’où partir',
    samePiece: 'Sans fichier, on prolonge le même morceau.',
    sameFile: 'Sans fichier, on part du même fichier qu’avant.',
    sameOpening: 'Sans fichier, on part du début nommé ci-dessus, ou d’un que la graine choisit.',
  },

  help: {
    start: `**Tape l’une de ces commandes** et reçois un fichier MIDI, le son et l’image :
\`/composer\` – un morceau de 300 notes
\`/composer humeur:rêveuse compositeur:debussy\` – rêveur, à la manière de Debussy
\`/composer préréglage:lullaby\` – lent, doux, en fa majeur
\`/composer tonalité:A gamme:blues grille:triolets\` – seulement la gamme blues, en triolets
\`/composer notes:150 température:0.7 tempo:0.6\` – court, prudent, lent
\`/composer midi:…\` – part de ton propre fichier MIDI
\`/composer prises:4\` – quatre morceaux au choix
**Puis appuie sur** : Encore pour un autre morceau, Varier pour en garder le début, Prolonger pour l’allonger, Remix pour changer les réglages, Infos pour voir comment il est né.
La même \`graine\` avec les mêmes réglages donne le même morceau ; chaque résultat montre la sienne.
-# Plus : \`/aide sujet:options\`, \`sujet:caractère\`, \`sujet:fichiers\`, \`sujet:serveur\`. Ci-dessous : un résultat, à voir et à entendre.`,
    options: `**Ce que les options font à la musique**
\`notes:800\` plus long ; \`notes:60\` une esquisse
\`température:0.7\` reste dans le probable ; \`température:1.3\` prend des risques ; au-dessus de 2, c’est du bruit
\`tempo:0.5\` deux fois plus lent ; \`tempo:2\` deux fois plus rapide
\`hauteur:72\` le milieu de la musique sur cette touche du piano (60 est le do central)
\`vélocité:40\` doux ; \`vélocité:100\` fort ; les nuances du morceau restent
\`tonalité:D gamme:dorien\` chaque note appartient à cette gamme
\`grille:doubles-croches\` en doubles croches, \`triolets\` en triolets de croches, \`croches\` de la croche à la ronde
\`voix:une\` une note à la fois : une mélodie
\`début:bach-prelude\` part de ces mesures
\`modèle:lstm\` le petit réseau rapide ; \`modèle:transformer\` l’expressif
\`tirage:original\` les réponses brutes du LSTM, comme dans le projet d’origine : régulières et lentes
\`graine:42\` de nouveau le même morceau
\`préréglage:march\` plusieurs à la fois ; \`/préréglage liste\` les montre tous
\`privé:true\` toi seul le vois, jusqu’à ce que tu appuies sur Partager ; \`vocal:true\` aussi en message vocal
Ce que la musique doit être – humeur, compositeur, tes propres mots – est dans \`/aide sujet:caractère\``,
    character: `**Ce que la musique doit être.** Ces options sont celles du Transformer ; sans modèle nommé, elles le choisissent.
\`/composer humeur:rêveuse\` – mode, vitesse, densité, force et registre à la fois ; il y a ${list(Object.values(choices.mood))}
\`/composer densité:clairsemée\` – peu de notes par seconde ; \`densité:dense\` beaucoup
\`/composer polyphonie:mince\` – peu de notes sonnent ensemble ; \`polyphonie:pleine\` beaucoup
\`/composer compositeur:chopin\` – à la manière de Chopin
\`/composer époque:baroque\` – à la manière d’une époque ; il y a ${list(Object.values(choices.era))}
\`/composer texte:"musique triste et lente en ré mineur"\` – la même chose dans tes mots ; la réponse dit ce que j’ai compris
**Ensemble** : une chose précise l’emporte sur l’humeur, et une option sur le texte.
\`/composer humeur:joyeuse densité:clairsemée époque:classique\`
\`/composer texte:"calme, très doux" compositeur:debussy notes:200\``,
    files: `**Tes propres fichiers MIDI**
\`/composer midi:…\` part des premières notes du fichier ; tout fichier MIDI jusqu’à 256 Ko convient.
Sur un message avec un fichier MIDI : clic droit ou appui long, puis **Applications** : composer à partir de lui, ou le prolonger.
Ou mentionne-moi dans un message avec un fichier : \`@moi notes:200 température:0.8\`. En message privé, pas besoin de mention.
La batterie est laissée de côté ; on entend un piano.`,
    server: `**Pour qui gère le serveur**
\`/paramètres\` – ce que /composer prend sans précision, où Partager publie, combien par heure, qui peut entraîner, ma langue
\`/préréglage enregistrer\` – nommer un ensemble d’options pour tous
\`/entraîner\` – apprendre ta musique à une copie de mon réseau ; rien ne change avant que tu appuies sur Utiliser
\`/modèle\` – lister, choisir, rétablir ou supprimer les modèles du serveur
\`/oublier\` – supprimer tout ce que je garde pour le serveur`,
  },

  about: {
    composes: (version) =>
      `**Musical AI** ${version} compose note après note, à partir d’un de mes débuts ou de ton fichier MIDI.`,
    model: (id, from) => `Modèle ici : \`${id}\` (${from}). \`/modèle liste\` les montre tous.`,
    shipped: 'il est livré avec moi',
    operator: 'mon opérateur l’a ajouté',
    server: (parent, date) =>
      `ce serveur l’a entraîné${parent === undefined ? '' : ` à partir de \`${parent}\``}${date === undefined ? '' : `, ${date}`}`,
    licence: (maestro) =>
      `Les poids livrés avec moi ont appris de ${maestro} (Hawthorne et al., ICLR 2019) et suivent sa licence, CC BY-NC-SA 4.0 : pas d’usage commercial. Mon code est sous licence MIT.`,
    line: (commandMs, gatewayMs, since) =>
      `Ta commande m’est parvenue en ${number(commandMs)} ms ; la passerelle répond en ${gatewayMs === undefined ? 'un instant' : `${number(gatewayMs)} ms`}. En ligne depuis ${since}.`,
  },

  settings: {
    title: '**Paramètres de ce serveur**',
    defaults: (written) =>
      `Options de /composer si rien n’est précisé : ${written === undefined ? 'les miennes' : `\`${written}\``}`,
    shareChannel: (channel) => `Partager publie dans : ${channel ?? 'le salon où l’on appuie'}`,
    presets: (count) => `Préréglages propres : ${number(count)} (voir \`/préréglage liste\`)`,
    limits: (person, server) =>
      `Morceaux par heure : ${number(person)} par personne, ${number(server)} pour tous ensemble`,
    trainers: (names) =>
      `Qui peut entraîner et choisir des modèles : ceux qui gèrent le serveur${names === '' ? '' : `, ${names}`}`,
    language: (language) =>
      `Langue là où je ne connais pas celle de la personne : ${language ?? 'celle du serveur'}`,
  },

  presets: {
    saved: (name, command) => `Préréglage **${name}** enregistré : \`${command}\``,
    deleted: (name) => `Préréglage **${name}** supprimé.`,
    own: 'Préréglages de ce serveur :',
    builtIn: 'Les miens :',
    hint: '-# Pour en utiliser un : `/composer préréglage:…` ; les options données à côté l’emportent.',
  },

  forget: {
    warning: (presets, models) =>
      `**Cela supprime tout ce que je garde pour ce serveur** : ses paramètres, ses préréglages (${number(presets)}), les modèles qu’il a entraînés (${number(models)}) et un entraînement en cours. C’est irréversible. Les morceaux dans les salons restent.`,
    button: 'Tout supprimer',
    done: 'J’ai supprimé tout ce que je gardais pour ce serveur.',
  },

  models: {
    current: 'en usage',
    shipped: 'livré avec le bot',
    operator: 'de l’opérateur du bot',
    server: 'entraîné par ce serveur',
    kinds: {
      transformer: 'plusieurs voix, ses nuances ; suit humeur, compositeur, texte',
      lstm: 'petit et rapide ; apprend avec /entraîner',
    },
    trained: 'Entraînement',
    from: (parent) => `à partir de ${parent}`,
    epochs: (count) => counted(count, epochs),
    rate: (rate) => `taux ${rate}`,
    windows: (count) => counted(count, { one: 'fenêtre', other: 'fenêtres' }),
    heldOutLoss: 'Perte sur la musique mise de côté',
    parentLoss: 'Celle de son parent',
    losses: (pitch, step, duration) => `hauteur ${pitch}, écart ${step}, durée ${duration}`,
    validationLoss: 'Perte de validation',
    first: (value) => `d’abord ${value}`,
    lowest: (value, at) => `la plus basse ${value} après ${counted(at, epochs)}`,
    last: (value) => `à la fin ${value}`,
    learntFrom: (count) => `Appris de ${counted(count, files)} :`,
    more: (count) => `… et ${number(count)} de plus.`,
    inUse: (name) => `Ce serveur compose désormais avec ${name} ; \`/modèle revenir\` rétablit le précédent.`,
    deleted: (name) => `Le modèle ${name} est supprimé.`,
  },

  training: {
    heading: (name, parent, user) => `**Entraînement de ${name}** à partir de ${parent}, pour ${user}`,
    resumed: 'continue après un redémarrage',
    gettingReady: 'Préparation en cours.',
    justBegun: 'il vient tout juste de commencer',
    epoch: (epoch, total) => `époque ${number(epoch)} sur ${number(total)}`,
    loss: (value) => `perte ${value}`,
    validationLoss: (value) => `perte de validation ${value}`,
    lowest: (value) => `la plus basse jusqu’ici ${value}`,
    timeLeft: (minutes) => `encore ${timeLeft(minutes)}`,
    paused: 'On me redémarre ; l’entraînement continue ensuite.',
    listen: 'Écoute les deux : le même début et la même graine à travers chacun.',
    finished: 'Il est allé jusqu’au bout.',
    'no-improvement': 'Il s’est arrêté plus tôt, car il ne s’améliorait plus ; voici ce qu’il a de mieux.',
    stopped: 'Il a été annulé ; voici le meilleur obtenu jusque-là.',
    diverged:
      'Il s’est arrêté plus tôt, car sa perte n’était plus un nombre ; voici le meilleur obtenu jusque-là.',
    better: (change, value, parent, parentValue) =>
      `**Meilleur de ${percent(change, 1)} :** sur la musique mise de côté, sa perte est de ${value}, celle de ${parent} de ${parentValue}.`,
    noBetter: (name, value, parent, parentValue) =>
      `**${name} n’est pas meilleur que ${parent} :** sur la musique mise de côté, sa perte est de ${value}, celle de ${parent} de ${parentValue}. Il n’en vaut pas la peine, à moins que tes oreilles disent le contraire.`,
    table: { heldOut: 'mise de côté', loss: 'perte', pitch: 'hauteur', step: 'écart', duration: 'durée' },
    nothingChanges:
      'Rien ne change sur ce serveur avant qu’une personne autorisée à entraîner appuie sur Utiliser.',
    withoutFiles: 'Discord n’a pas accepté la courbe et le son ; `/modèle voir` a les chiffres.',
    failed: (sentence) => `**Cela n’a pas pu aboutir.** ${sentence}`,
    operatorNumber: (id) => `L’opérateur trouvera la raison sous le numéro ${id}.`,
    windows: (training, heldOut) =>
      `${counted(training, { one: 'fenêtre', other: 'fenêtres' })} pour apprendre, ${number(heldOut)} de côté.`,
    leftOut: (file, reason) => `Laissé de côté : ${file} : ${reason}`,
    leftOutMore: (count) => `Laissés de côté aussi : ${number(count)} de plus.`,
    begun: (link) => `L’entraînement a commencé : ${link}`,
    begunUnseen:
      'L’entraînement a commencé, mais je ne peux pas le montrer dans ce salon ; une fois terminé, `/modèle voir` aura le résultat.',
    otherParent: (parent) =>
      `Il part de ${parent} : le modèle de ce serveur est un Transformer, qui ne peut pas apprendre ici.`,
    cancelled: 'L’entraînement s’arrête maintenant ; le meilleur obtenu est gardé.',
  },

  apology: (id) =>
    `Désolé, quelque chose s’est mal passé de mon côté. Réessaie ; si cela se reproduit, donne ce numéro à l’opérateur : ${id}.`,

  refusal: refusalSentence({ ...options, ...composeOptions }, choices, {
    options: {
      range: ({ option, whole, min, max, given }) =>
        `${option} doit être un nombre ${whole ? 'entier ' : ''}de ${number(min)} à ${number(max)} ; tu as donné ${given}.`,
      choice: ({ option, choices: names, given }) =>
        `${option} doit être l’un de ceux-ci : ${names.join(', ')} ; tu as donné « ${given} ».`,
      name: ({ option, given }) =>
        `${option} doit être un nom fait de lettres, de chiffres, de points et de tirets ; tu as donné « ${given} ».`,
      truth: ({ option, given }) => `${option} doit être true ou false ; tu as donné « ${given} ».`,
      twice: ({ option }) => `${option} est donné deux fois ; ne le donne qu’une fois.`,
      fixed: ({ option }) =>
        `${option} ne peut pas être choisi quand je prolonge un morceau, dont les notes restent telles quelles ; retire cette option.`,
      kind: ({ option, kind }) =>
        `Seul un modèle du genre « ${kind} » suit ${option} ; retire cette option, ou choisis modèle:${kind}.`,
      'two-beginnings': () => 'Donne soit un fichier MIDI, soit le nom d’un début, pas les deux.',
      'voice-of-several': () => 'Un message vocal contient un seul morceau ; retire prises ou vocal.',
      unreadable: ({ word }) =>
        `Je ne comprends pas « ${word} » ; écris les options sous la forme nom:valeur, par exemple notes:200 température:0.8 tonalité:C.`,
      unknown: ({ name, names }) => `Il n’y a pas d’option « ${name} » ; il y a ${names.join(', ')}.`,
    },
    'midi.empty': () => 'Ce fichier est vide. Exporte-le de nouveau et envoie le nouveau.',
    'midi.not-midi': ({ looksLike }) => {
      switch (looksLike?.type) {
        case 'picture':
          return `On dirait une image (${looksLike.format}), pas un fichier MIDI. ${midiAdvice}`;
        case 'recording':
          return `On dirait un enregistrement (${looksLike.format}), pas un fichier MIDI. Un enregistrement ne contient pas de notes à lire : envoie un fichier .mid.`;
        case 'zip':
          return 'On dirait une archive ZIP, pas un fichier MIDI. Décompresse-la et envoie le fichier .mid qu’elle contient.';
        case 'music-xml':
          return 'On dirait du MusicXML, pas un fichier MIDI. Exporte-le en MIDI (.mid) depuis un éditeur de partitions.';
        case undefined:
          return `Ce n’est pas un fichier MIDI, quoi qu’en dise son nom. ${midiAdvice}`;
        default: {
          const kind = { pdf: 'un PDF', 'web-page': 'une page web (HTML)', xml: 'un fichier XML' }[
            looksLike!.type
          ];
          return `On dirait ${kind}, pas un fichier MIDI. ${midiAdvice}`;
        }
      }
    },
    'midi.damaged': () => 'Ce fichier MIDI est abîmé. Exporte-le de nouveau et envoie le nouveau.',
    'midi.smpte': () =>
      'Ce fichier MIDI compte le temps en images de film (SMPTE) et non en temps. Exporte-le en ticks par noire et renvoie-le.',
    'midi.only-drums': () =>
      'Ce fichier MIDI ne contient que de la batterie (canal 10). Envoies-en un avec une mélodie ou des accords.',
    'midi.no-notes': ({ struck }) =>
      struck
        ? 'Aucune note de ce fichier MIDI n’a de durée : aucune n’est relâchée après avoir été frappée. Exporte-le de nouveau et envoie le nouveau.'
        : 'Il n’y a pas de notes dans ce fichier MIDI. Envoies-en un avec au moins une note.',
    'midi.unreadable': () => 'Ce fichier MIDI n’a pas pu être lu ; envoies-en un plus court ou plus simple.',
    'midi.too-large': ({ actual, limit }) =>
      `Ce fichier fait ${number(Math.ceil(actual / 1024))} Ko ; la limite est de ${number(Math.ceil(limit / 1024))} Ko. Envoie un extrait plus court.`,
    'midi.too-many-tracks': ({ actual, limit }) =>
      `Ce fichier a ${number(actual)} pistes ; la limite est de ${number(limit)}. Envoie-le avec moins de pistes.`,
    'midi.too-many-notes': ({ actual, limit }) =>
      `Ce fichier a ${number(actual)} notes ; la limite est de ${number(limit)}. Envoie un extrait plus court.`,
    'midi.too-many-events': ({ limit }) =>
      `Ce fichier dépasse la limite de ${number(limit)} événements. Envoie un extrait plus court, ou sans données de pédale et de pitch bend.`,
    'midi.too-long': ({ actual, limit }) =>
      `Ce fichier dure ${clock(Math.ceil(actual))} ; la limite est de ${clock(limit)}. Envoie un extrait plus court.`,
    'record.unknown': () =>
      'Ce morceau vient d’une autre version de moi, et ce bouton ne me permet pas d’aller plus loin ; utilise la commande, avec son fichier MIDI si tu veux.',
    'model.unknown': ({ name, names }) =>
      `Il n’y a pas de modèle « ${name} »${names.length === 0 ? '' : ` ; il y a ici ${names.join(', ')}`}.`,
    'model.kind': ({ kind }) =>
      `Il n’y a pas ici de modèle du genre « ${kind} » ; retire les options qui en demandent un.`,
    'model.damaged': ({ name }) => `Le modèle « ${name} » est abîmé ; choisis-en un autre.`,
    'model.name': () =>
      'Le nom d’un modèle est fait de 64 lettres, chiffres, points et tirets au plus ; choisis-en un autre.',
    'model.taken': ({ name }) => `Il y a déjà un modèle « ${name} » ; choisis un autre nom.`,
    'model.no-previous': ({ name }) => `Ce serveur n’a utilisé aucun modèle avant « ${name} ».`,
    'model.not-own': ({ name, isShared }) =>
      isShared
        ? `Le modèle « ${name} » est pour tout le monde et ne peut pas être supprimé ici.`
        : `Ce serveur n’a pas de modèle « ${name} » à lui.`,
    'model.in-use': ({ name }) =>
      `Le modèle « ${name} » est en usage ; utilises-en d’abord un autre, ou reviens au précédent.`,
    'model.elsewhere': ({ name }) =>
      `Le modèle « ${name} » n’est pas sur la machine qui compose ; choisis-en un autre.`,
    'compose.closed': () => 'Le bot s’arrête ; réessaie dans une minute.',
    'compose.busy': () => 'Trop de morceaux attendent déjà ; réessaie dans une minute.',
    'compose.lost': () => 'La composition s’est interrompue ; réessaie.',
    'compose.unreachable': () =>
      'Les machines qui composent sont injoignables pour le moment ; réessaie dans une minute.',
    'compose.version': () =>
      'Les machines qui composent sont en cours de mise à jour ; réessaie dans quelques minutes.',
    'compose.cancelled': () => 'Annulé ; rien n’a été composé.',
    'compose.over': () => 'Ce morceau n’est plus en cours de composition.',
    'disk.full': () =>
      'Le disque du bot est plein, et tout est comme avant. Son opérateur doit faire de la place ; réessaie ensuite.',
    'zip.too-large': (what) =>
      'files' in what
        ? `Ce zip contient plus de ${number(what.files)} fichiers ; envoies-en moins à la fois.`
        : `Ce zip fait plus de ${number(what.unpackedMegabytes)} Mo une fois décompressé ; envoie moins de fichiers à la fois.`,
    'zip.damaged': () =>
      'Ce fichier zip est abîmé, ou contient des noms inhabituels ; refais-le et envoie le nouveau.',
    'training.too-little-music': ({ windows, needed, windowNotes }) =>
      `Il y a trop peu de musique pour apprendre : ${number(windows)} fenêtres de ${number(windowNotes)} notes et la suivante ; il en faut au moins ${number(needed)}. Donne environ ${number(needed - windows)} notes de plus.`,
    'training.kind': ({ name }) =>
      `« ${name} » est un Transformer, et seul un LSTM peut apprendre ici ; choisis un autre modèle d’où partir.`,
    'training.interrupted': () => 'On redémarre le bot ; l’entraînement continue ensuite.',
    'training.failed': () =>
      'L’entraînement s’est interrompu, et les modèles sont comme avant ; recommence-le.',
    'training.lost': () =>
      'L’entraînement interrompu ne peut pas continuer, car ses fichiers sont abîmés ; recommence-le.',
    'training.over': () => 'Cet entraînement n’est plus en cours ; il n’y a rien à annuler.',
    'training.unreadable': ({ isZip }) =>
      isZip
        ? 'Ce zip n’a pas pu être décompressé ; envoie les fichiers eux-mêmes.'
        : 'Il n’a pas pu être lu ; envoies-en un plus court ou plus simple.',
    'training.busy': ({ model, done, secondsLeft }) => {
      const soFar = [
        ...(done === undefined ? [] : [percent(done)]),
        ...(secondsLeft === undefined ? [] : [`encore ${timeLeft(Math.round(secondsLeft / 60))}`]),
      ];
      return `J’entraîne un modèle à la fois, et ${model === undefined ? 'un autre' : `\`${model}\``} est en cours${soFar.length === 0 ? '' : ` (${soFar.join(', ')})`} ; attends qu’il soit terminé.`;
    },
    'training.too-large': ({ mebibytes }) =>
      `Les fichiers peuvent faire ${number(mebibytes)} Mio ensemble ; envoies-en moins, ou un zip.`,
    'training.no-music': ({ folderFiles }) =>
      `Joins des fichiers MIDI ou un zip${folderFiles === 0 ? '' : ', ou dis avec `fichiers` combien en prendre dans le dossier de l’opérateur'}.`,
    'training.two-sources': () => 'Donne soit tes propres fichiers, soit `fichiers`, pas les deux.',
    'training.no-folder': () =>
      'L’opérateur de ce bot n’a pas prévu de dossier de musique ; joins plutôt des fichiers MIDI ou un zip.',
    'training.folder-files': ({ files: count }) =>
      `Le dossier de l’opérateur contient ${counted(count, files)} ; demandes-en de 1 à ${number(count)}.`,
    'training.epochs': ({ min, max, given }) =>
      `époques doit être un nombre entier de ${number(min)} à ${number(max)} ; tu as donné ${given}.`,
    'training.rate': ({ min, max, given }) =>
      `taux doit être un nombre de ${min} à ${max} ; tu as donné ${given}.`,
    'training.file': ({ why, mostMegabytes }) =>
      ({
        'zip-in-zip': 'C’est un zip dans un zip ; décompresse-le d’abord.',
        'not-midi': 'Ce n’est pas un fichier .mid.',
        encrypted: 'Il est chiffré ; fais le zip sans mot de passe.',
        unusual: 'Il est compressé de façon inhabituelle ; fais le zip avec les réglages usuels.',
        'too-large': `Il fait plus de ${number(mostMegabytes)} Mo une fois décompressé.`,
        damaged: 'Il est abîmé et ne peut pas être décompressé.',
      })[why],
    'training.same-file': ({ twin }) => `C’est le même fichier que « ${twin} ».`,
    'command.unknown': () => 'Je ne connais plus cette commande ; redémarre Discord.',
    'action.unknown': () => 'Ce bouton vient d’une autre version de moi ; utilise de nouveau la commande.',
    'action.no-message': () => 'Cela n’appartient à aucun de mes messages ; utilise de nouveau la commande.',
    'bot.stopping': () => 'On me redémarre ; réessaie dans une minute.',
    'bot.restarted': () => 'On m’a redémarré avant que ce soit fini ; redemande, s’il te plaît.',
    'bot.too-late': () =>
      'Cela a pris plus de temps que Discord ne m’en laisse pour répondre ; réessaie avec moins de notes.',
    'bot.permissions': ({ missing }) =>
      `Il me manque ${form(missing.length, { one: 'la permission', other: 'les permissions' })} ${list(missing.map((name) => `« ${permissions[name] ?? name} »`))} dans ce salon ; demande à qui gère le serveur de me la donner, ou utilise-moi ailleurs.`,
    'bot.not-owner': ({ act }) =>
      `Seules la personne qui l’a demandé et celles qui ont la permission « Gérer les messages » peuvent ${act === 'cancel' ? 'l’annuler' : 'le supprimer'}.`,
    'settings.only-managers': () =>
      'Seules les personnes ayant la permission « Gérer le serveur » peuvent changer cela ; demande à l’une d’elles.',
    'settings.only-trainers': () =>
      'Seules les personnes ayant la permission « Gérer le serveur », et celles que nomme `/paramètres entraîneurs`, peuvent le faire ; demande à l’une d’elles.',
    'settings.no-server': () => 'Cela appartient à un serveur ; utilise-le dans un serveur.',
    'settings.too-many-trainers': ({ most }) =>
      `On peut nommer au plus ${number(most)} rôles et personnes ; nomme un rôle plutôt que ses membres.`,
    'share.at-once': ({ running }) =>
      `Tu as déjà ${counted(running, { one: 'demande', other: 'demandes' })} en cours ; attends que l’une finisse, ou annule-la.`,
    'share.hour': ({ who, had, limit, pieces: asked, nextSeconds }) => {
      const share = `${who === 'you' ? 'Tu as eu' : 'Ce serveur a eu'} ${number(had)} sur ${counted(limit, pieces)} par heure`;
      if (nextSeconds === undefined) return `${share} ; demande moins de prises.`;
      return `${share} ; ${asked === 1 ? 'le prochain sera possible' : `les ${number(asked)} prochains seront possibles`} <t:${nextSeconds}:R>.`;
    },
    'share.channel': ({ channel }) =>
      `Je ne peux pas publier de fichiers dans <#${channel}> ; demande à qui gère le serveur de me le permettre, ou de choisir un autre salon avec \`/paramètres salon-partage\`.`,
    'attachment.host': () => 'Ce fichier ne se trouve pas sur Discord ; envoie-le ici.',
    'attachment.expired': () => 'Ce fichier n’est plus sur Discord ; envoie-le de nouveau.',
    'attachment.unreachable': () => 'Je n’ai pas pu récupérer ce fichier sur Discord ; envoie-le de nouveau.',
    'piece.gone': () =>
      'Le fichier MIDI de ce morceau a disparu, et avec lui ce que j’en savais ; utilise /composer pour un nouveau.',
    'remix.slow': () => 'Je n’ai pas pu récupérer le morceau à temps ; appuie de nouveau sur Remix.',
    'message.no-midi': () =>
      'Il n’y a pas de fichier MIDI dans ce message ; choisis-en un avec un fichier .mid joint.',
    'message.one-midi': () =>
      'Joins un seul fichier MIDI (.mid) d’où partir, ou aucun pour un début intégré.',
    'message.many-midi': () =>
      'Il y a plusieurs fichiers MIDI dans ce message ; choisis-en un avec un seul fichier .mid, ou utilise /composer avec le bon.',
    'message.empty': () =>
      'Dis-moi quoi composer avec des options comme dans la commande, par exemple `notes:200 température:0.8 tonalité:C`, et joins si tu veux un fichier MIDI d’où partir ; /composer montre toutes les options.',
    'preset.empty': () => 'Donne au moins une option à retenir dans le préréglage.',
    'preset.name': () =>
      'Le nom d’un préréglage est un seul mot de 32 lettres, chiffres et tirets au plus ; choisis-en un autre.',
    'preset.built-in': ({ name }) => `« ${name} » est l’un de mes préréglages ; choisis un autre nom.`,
    'preset.too-many': ({ most }) =>
      `Un serveur a au plus ${number(most)} préréglages ; supprimes-en d’abord un.`,
    'preset.unknown': ({ name, names }) =>
      `Il n’y a pas de préréglage « ${name} » ; ${names.length === 0 ? 'il n’y en a pas encore' : `il y a ${names.join(', ')}`}.`.slice(
        0,
        1900,
      ),
  }),
};
