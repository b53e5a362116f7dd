import { clock } from '../grammar.js';
import type { RefusalSentences } from '../refusals.js';
import { number, percent, counted, list, files, pieces, timeLeft } from './grammar.js';

const permissions: Readonly<Record<string, string>> = {
  AttachFiles: 'Joindre des fichiers',
  ViewChannel: 'Voir le salon',
  SendMessages: 'Envoyer des messages',
  SendMessagesInThreads: 'Envoyer des messages dans les fils',
  SendVoiceMessages: 'Envoyer des messages vocaux',
  Connect: 'Se connecter',
  Speak: 'Parler',
  RequestToSpeak: 'Demander à prendre la parole',
};

const midiAdvice = 'Envoie un fichier .mid, tel qu’un éditeur de partitions ou un séquenceur l’exporte.';

export const refusals: RefusalSentences = {
  unknown: (code) =>
    `Une erreur est survenue que cette version ne sait pas expliquer (${code}). Réessaie, s’il te plaît.`,
  options: {
    range: ({ option, whole, min, max, given }) =>
      `\`${option}\` doit être un nombre ${whole ? 'entier ' : ''}de ${number(min)} à ${number(max)}. Tu as saisi ${given}.`,
    choice: ({ option, choices: names, given }) =>
      `\`${option}\` doit être l’un de : ${names.join(', ')}. Tu as saisi « ${given} ».`,
    name: ({ option, given }) =>
      `\`${option}\` ne peut contenir que des lettres, chiffres, points et tirets. Tu as saisi « ${given} ».`,
    truth: ({ option, given }) => `\`${option}\` doit être true ou false. Tu as saisi « ${given} ».`,
    twice: ({ option }) => `\`${option}\` apparaît deux fois. Ne l’indique qu’une fois.`,
    duration: ({ option, min, max, given }) =>
      `\`${option}\` doit être une durée de ${min} à ${max}, par exemple 0:45, 90 s ou 2 min. Tu as saisi ${given}.`,
    instead: ({ option, instead }) => `Indique soit \`${option}\`, soit \`${instead}\`, pas les deux.`,
    fixed: ({ option }) =>
      `\`${option}\` ne peut pas être modifié quand on prolonge un morceau. Retire cette option.`,
    kind: ({ option, kind }) =>
      `Seuls les modèles ${kind} acceptent \`${option}\`. Retire cette option, ou choisis \`modèle:${kind}\`.`,
    'two-beginnings': () => 'Tu as choisi un fichier MIDI et un début intégré. N’en garde qu’un.',
    'voice-of-several': () => 'Un message vocal ne contient qu’un morceau. Retire `prises` ou `vocal`.',
    chord: ({ given, place }) =>
      place === 0
        ? `« ${given} » ne contient aucun accord, ou trop. Écris-en un par mesure, par exemple \`Am F C G\`.`
        : `L’accord ${number(place)}, « ${given} », est illisible. Écris-les comme \`Am7\`, \`F#dim\`, \`C/E\` ou \`iv\`.`,
    form: ({ given }) =>
      `La forme « ${given} » est illisible. Écris ses sections en lettres de A à D, par exemple \`AABA\` ou \`i4A8B8A8o4\`.`,
    long: ({ option, limit }) =>
      `\`${option}\` peut avoir au plus ${number(limit)} caractères. Raccourcis-le.`,
    unreadable: ({ word }) =>
      `Je ne comprends pas « ${word} ». Écris les options sous la forme nom:valeur, par exemple \`notes:200 température:0.8 tonalité:C\`.`,
    unknown: ({ name, names }) =>
      `Aucune option ne s’appelle « ${name} ». Options possibles : ${names.join(', ')}.`,
  },
  'song.no-parts': () => 'Il ne resterait aucune partie à jouer. Enlèves-en moins.',
  'midi.empty': () => 'Ce fichier est vide. Exporte-le de nouveau et envoie le nouveau.',
  'midi.not-midi': ({ looksLike }) => {
    switch (looksLike?.type) {
      case 'picture':
        return `On dirait une image (${looksLike.format}), pas un fichier MIDI. ${midiAdvice}`;
      case 'recording':
        return `On dirait un enregistrement (${looksLike.format}), pas un fichier MIDI. Un enregistrement ne contient pas de notes à lire : envoie un fichier .mid.`;
      case 'foreign-music':
        return `On dirait un fichier au format ${looksLike.format}, que je ne sais pas lire. Ouvre-le dans le programme qui l’a créé et exporte-le en MIDI (.mid).`;
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
  'midi.damaged': () => 'Ce fichier MIDI est endommagé. Exporte-le de nouveau et envoie le nouveau.',
  'midi.only-drums': () =>
    'Ce fichier MIDI ne contient que de la batterie (canal 10). Envoies-en un avec une mélodie ou des accords.',
  'midi.no-notes': ({ struck }) =>
    struck
      ? 'Aucune note de ce fichier MIDI n’a de durée : aucune n’est relâchée après avoir été frappée. Exporte-le de nouveau et envoie le nouveau.'
      : 'Il n’y a pas de notes dans ce fichier MIDI. Envoies-en un avec au moins une note.',
  'midi.unreadable': () => 'Ce fichier MIDI n’a pas pu être lu ; envoies-en un plus court ou plus simple.',
  'midi.slow': () =>
    'Je suis très occupé et n’ai pas eu le temps de lire le fichier MIDI. Le fichier n’y est pour rien ; réessaie dans une minute.',
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
    'Ce bouton ne peut pas lire ce morceau : une autre version du bot l’a créé. Utilise plutôt /composer, avec son fichier MIDI si tu veux.',
  'model.unknown': ({ name, names }) =>
    `Il n’y a pas de modèle « ${name} »${names.length === 0 ? '' : ` ; il y a ici ${names.join(', ')}`}.`,
  'model.kind': ({ kind }) =>
    `Il n’y a pas ici de modèle du genre « ${kind} » ; retire les options qui en demandent un.`,
  'model.damaged': ({ name }) => `Le modèle « ${name} » est endommagé. Choisis-en un autre.`,
  'model.name': () =>
    'Le nom d’un modèle est fait de 32 lettres, chiffres, points et tirets au plus ; choisis-en un autre.',
  'model.taken': ({ name }) => `Un modèle nommé « ${name} » existe déjà. Choisis un autre nom.`,
  'model.no-previous': ({ name }) =>
    `Ce serveur n’a utilisé aucun modèle avant « ${name} ». Choisis-en un avec \`/modèle utiliser\`.`,
  'model.not-own': ({ name, isShared }) =>
    isShared
      ? `Le modèle « ${name} » est partagé par tous les serveurs et ne peut pas être supprimé ici.`
      : `Ce serveur n’a pas de modèle à lui nommé « ${name} ». Voir \`/modèle liste\`.`,
  'model.in-use': ({ name }) => `Le modèle « ${name} » est en service. Passe d’abord à un autre.`,
  'model.elsewhere': ({ name }) =>
    `Le modèle « ${name} » manque sur la machine qui compose. Choisis-en un autre.`,
  'compose.closed': () => 'Je m’arrête. Réessaie dans une minute.',
  'compose.busy': () => 'Trop de morceaux attendent déjà. Réessaie dans une minute.',
  'compose.lost': () => 'La composition s’est interrompue. Réessaie.',
  'compose.unreachable': () =>
    'Les machines qui composent sont injoignables pour le moment ; réessaie dans une minute.',
  'compose.version': () =>
    'Les machines qui composent sont en cours de mise à jour ; réessaie dans quelques minutes.',
  'compose.cancelled': () => 'Annulé. Rien n’a été composé.',
  'compose.over': () => 'Ce morceau est déjà terminé.',
  'disk.full': () =>
    'Le disque du bot est plein et rien n’a été modifié. Demande à son opérateur de libérer de la place, puis réessaie.',
  'zip.too-large': (what) =>
    'files' in what
      ? `Ce zip contient plus de ${number(what.files)} fichiers ; envoies-en moins à la fois.`
      : `Ce zip fait plus de ${number(what.unpackedMegabytes)} Mo une fois décompressé ; envoie moins de fichiers à la fois.`,
  'zip.damaged': () =>
    'Ce fichier zip est endommagé ou contient des noms inhabituels. Refais-le et envoie le nouveau.',
  'training.too-little-music': ({ windows, needed, windowNotes }) =>
    `Pas assez de musique : l’entraînement demande environ ${number(needed + windowNotes)} notes. Ajoutes-en environ ${number(needed - windows)}.`,
  'training.nothing-read': ({ skipped }) =>
    skipped.length === 1
      ? "Je ne peux pas m'entraîner sur ce fichier."
      : "Je ne peux m'entraîner sur aucun de ces fichiers.",
  'training.kind': ({ name }) =>
    `Les modèles comme « ${name} » ne peuvent pas être entraînés. Choisis un autre modèle de départ, par exemple \`lstm\`.`,
  'training.interrupted': () => 'Je redémarre. L’entraînement continue ensuite.',
  'training.failed': () => 'L’entraînement s’est interrompu et aucun modèle n’a été modifié. Relance-le.',
  'training.lost': () =>
    'L’entraînement interrompu ne peut pas continuer, car ses fichiers sont endommagés. Relance-le.',
  'training.over': () => 'Cet entraînement est déjà terminé.',
  'training.unreadable': ({ isZip }) =>
    isZip
      ? 'Ce zip n’a pas pu être décompressé ; envoie les fichiers eux-mêmes.'
      : 'Il n’a pas pu être lu ; envoies-en un plus court ou plus simple.',
  'training.busy': ({ model, done, secondsLeft }) => {
    const soFar = [
      ...(done === undefined ? [] : [percent(done)]),
      ...(secondsLeft === undefined ? [] : [`encore ${timeLeft(Math.round(secondsLeft / 60))}`]),
    ];
    return `Un autre entraînement est en cours : ${model === undefined ? 'un modèle d’un autre serveur' : `\`${model}\``}${soFar.length === 0 ? '' : ` (${soFar.join(', ')})`}. J’entraîne un modèle à la fois : réessaie quand il sera terminé.`;
  },
  'training.too-large': ({ mebibytes }) =>
    `Les fichiers peuvent faire ${number(mebibytes)} Mio ensemble ; envoies-en moins, ou un zip.`,
  'training.no-music': ({ folderFiles }) =>
    `Joins des fichiers MIDI ou un zip${folderFiles === 0 ? '' : ', ou dis avec `fichiers` combien en prendre dans le dossier de l’opérateur'}.`,
  'training.two-sources': () =>
    'Tu as joint des fichiers et indiqué `fichiers`. N’utilise que l’un des deux.',
  'training.no-folder': () =>
    'L’opérateur de ce bot n’a pas prévu de dossier de musique ; joins plutôt des fichiers MIDI ou un zip.',
  'training.folder-files': ({ files: count }) =>
    `Le dossier de l’opérateur contient ${counted(count, files)} ; demandes-en de 1 à ${number(count)}.`,
  'training.epochs': ({ min, max, given }) =>
    `\`époques\` doit être un nombre entier de ${number(min)} à ${number(max)}. Tu as saisi ${given}.`,
  'training.rate': ({ min, max, given }) =>
    `\`taux\` doit être un nombre de ${min} à ${max}. Tu as saisi ${given}.`,
  'training.file': ({ why, mostMegabytes }) =>
    ({
      'zip-in-zip': 'C’est un zip dans un zip ; décompresse-le d’abord.',
      'not-midi': 'Ce n’est pas un fichier .mid.',
      encrypted: 'Il est chiffré ; fais le zip sans mot de passe.',
      unusual: 'Il est compressé de façon inhabituelle ; fais le zip avec les réglages usuels.',
      'too-large': `Il fait plus de ${number(mostMegabytes)} Mo une fois décompressé.`,
      damaged: 'Il est endommagé et ne peut pas être décompressé.',
    })[why],
  'training.same-file': ({ twin }) => `C’est le même fichier que « ${twin} ».`,
  'command.unknown': () =>
    'Cette commande n’existe plus. Redémarre Discord pour voir les commandes actuelles.',
  'action.unknown': () => 'Ce bouton vient d’une autre version du bot. Utilise de nouveau la commande.',
  'action.no-message': () => 'Je ne trouve pas le message concerné. Utilise de nouveau la commande.',
  'bot.stopping': () => 'Je redémarre. Réessaie dans une minute.',
  'bot.restarted': () => 'J’ai redémarré avant la fin. Réessaie.',
  'bot.too-late': () => 'Cela a pris plus de temps que Discord n’en accorde. Réessaie avec moins de notes.',
  'bot.permissions': ({ missing }) =>
    `Il me faut ${list(missing.map((name) => `« ${permissions[name] ?? name} »`))} dans ce salon. Demande à un gestionnaire du serveur, ou essaie un autre salon.`,
  'bot.not-owner': ({ act }) =>
    `Seules la personne qui l’a demandé et celles qui ont la permission « Gérer les messages » peuvent ${act === 'cancel' ? 'l’annuler' : 'le supprimer'}.`,
  'settings.only-managers': () =>
    'Il faut « Gérer le serveur » pour changer cela. Demande à quelqu’un qui a cette permission.',
  'settings.only-trainers': () =>
    'Il faut « Gérer le serveur », ou figurer dans `/paramètres entraîneurs`, pour faire cela. Demande à un gestionnaire du serveur.',
  'settings.no-server': () => 'Cela ne fonctionne que sur un serveur. Réessaie là-bas.',
  'settings.too-many-trainers': ({ most }) =>
    `La liste est pleine : ${number(most)} rôles et personnes. Ajoute un rôle plutôt que ses membres.`,
  'share.at-once': ({ running }) =>
    `Tu as déjà ${counted(running, { one: 'demande', other: 'demandes' })} en cours ; attends que l’une finisse, ou annule-la.`,
  'share.hour': ({ who, had, limit, pieces: asked, nextSeconds }) => {
    const share = `${who === 'you' ? 'Tu as utilisé' : 'Ce serveur a utilisé'} ${number(had)} sur ${counted(limit, pieces)} pour cette heure`;
    if (nextSeconds === undefined) return `${share}. Demande moins de prises.`;
    return `${share}. ${asked === 1 ? 'Le prochain sera possible' : `Les ${number(asked)} prochains seront possibles`} <t:${nextSeconds}:R>.`;
  },
  'share.channel': ({ channel }) =>
    `Je ne peux pas publier de fichiers dans <#${channel}> ; demande à qui gère le serveur de me le permettre, ou de choisir un autre salon avec \`/paramètres salon-partage\`.`,
  'attachment.host': () => 'Ce fichier n’est pas hébergé sur Discord. Envoie-le ici.',
  'attachment.expired': () => 'Ce fichier n’est plus sur Discord. Envoie-le de nouveau.',
  'attachment.unreachable': () => 'Je n’ai pas pu récupérer ce fichier sur Discord ; envoie-le de nouveau.',
  'piece.gone': () =>
    'Le fichier MIDI de ce morceau a été supprimé, et avec lui tout ce que j’en savais. Utilise /composer pour en créer un nouveau.',
  'remix.slow': () =>
    'Charger le morceau a pris trop de temps pour ouvrir le formulaire directement. Ouvre-le ici :',
  'message.no-midi': () =>
    'Il n’y a pas de fichier MIDI dans ce message ; choisis-en un avec un fichier .mid joint.',
  'message.one-midi': () => 'Joins un seul fichier MIDI (.mid) d’où partir, ou aucun pour un début intégré.',
  'message.many-midi': () =>
    'Il y a plusieurs fichiers MIDI dans ce message ; choisis-en un avec un seul fichier .mid, ou utilise /composer avec le bon.',
  'daily.over': () => 'Ce vote est terminé. Vote sous le dernier morceau du jour.',
  'radio.none': () => 'Aucune radio ne joue sur ce serveur. Lances-en une avec `/radio lancer`.',
  'radio.playing': ({ channel }) =>
    `La radio joue déjà dans ${channel}. Rejoins-la là-bas, ou arrête-la d’abord.`,
  'radio.too-many': ({ most }) =>
    `Je ne peux jouer que dans ${number(most)} salons vocaux à la fois. Réessaie quand l’un d’eux sera libre.`,
  'radio.not-in-voice': () => 'Rejoins d’abord un salon vocal, puis réessaie.',
  'radio.not-listening': ({ channel }) =>
    `C’est réservé aux personnes qui écoutent. Rejoins d’abord ${channel}.`,
  'radio.not-yours': () =>
    'C’est réservé à la personne qui a lancé la radio, aux gestionnaires du serveur et au rôle DJ. Demande à l’un d’eux.',
  'radio.full': ({ channel }) =>
    `${channel} est plein. Demande à quelqu’un d’en sortir, ou choisis un autre salon.`,
  'bot.channel-permissions': ({ channel, missing }) =>
    `Il me faut ${list(missing.map((name) => `« ${permissions[name] ?? name} »`))} dans ${channel}. Demande à un gestionnaire du serveur, ou choisis un autre salon.`,
  'radio.nothing-now': () =>
    'Rien ne joue pour l’instant : un morceau est encore en cours de composition. Réessaie dans quelques secondes.',
  'radio.until': ({ given }) =>
    `Je ne sais pas quand est « ${given} ». Indique une durée, comme « 2h » ou « 90 min », ou une heure, comme « 22:30 ».`,
  'radio.time-zone': () =>
    'Je ne connais pas le fuseau horaire de ce serveur. Indique plutôt une durée, comme « 2h », ou demande à un gestionnaire de le définir avec `/radio paramètres`.',
  'radio.no-zone': ({ given }) =>
    `Je ne connais pas de fuseau horaire « ${given} ». Choisis-en un dans la liste, par exemple Europe/Paris.`,
  'radio.own-file': () =>
    'Ce morceau est un fichier que quelqu’un a apporté. Garde plutôt un morceau que j’ai composé.',
  'radio.queue-full': ({ most }) =>
    `${number(most)} morceaux attendent déjà. Réessaie quand quelques-uns auront été joués.`,
  'radio.no-further': ({ direction }) =>
    `Je ne peux pas rendre la musique plus ${direction < 0 ? 'calme' : 'animée'}.`,
  'radio.just-steered': () => 'La musique est déjà en train de changer. Réessaie dans quelques secondes.',
  'preset.empty': () =>
    'Un préréglage a besoin d’au moins une option. Ajoutes-en une et enregistre de nouveau.',
  'preset.name': () =>
    'Le nom d’un préréglage est un seul mot de 32 lettres, chiffres et tirets au plus ; choisis-en un autre.',
  'preset.built-in': ({ name }) => `« ${name} » est un préréglage intégré. Choisis un autre nom.`,
  'preset.too-many': ({ most }) => `Ce serveur a déjà ${number(most)} préréglages. Supprimes-en d’abord un.`,
  'preset.unknown': ({ name, names }) =>
    `Aucun préréglage ne s’appelle « ${name} ». ${names.length === 0 ? 'Il n’y en a pas encore' : `Préréglages : ${names.join(', ')}`}.`.slice(
      0,
      1900,
    ),
};
