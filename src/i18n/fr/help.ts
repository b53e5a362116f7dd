import type { Language } from '../language.js';
import { number, list } from './grammar.js';
import { choices } from './words.js';

export const help: Language['help'] = {
  start: `**Tape l’une de ces commandes** pour obtenir un fichier MIDI, l’audio et un rouleau de piano :
\`/composer\` – un morceau de 300 notes
\`/composer style:rêveuse,debussy\` – rêveur, dans le style de Debussy
\`/composer préréglage:lullaby\` – lent, doux, en fa majeur
\`/composer tonalité:A plus:gamme:blues grille:triolets\` – seulement la gamme blues, en triolets
\`/composer notes:150 température:0.7 plus:tempo:0.6\` – court, prudent, lent
\`/composer midi:…\` – prolonge ton propre fichier MIDI
\`/composer prises:4\` – quatre versions au choix
**Appuie ensuite sur** Encore pour un autre morceau, Varier pour garder le début, Prolonger pour l’allonger, Remix pour changer les réglages ou Infos pour voir comment il a été fait.
La même \`graine\` avec les mêmes réglages donne le même morceau. Chaque résultat affiche sa graine.
-# Plus : \`/aide sujet:options\`, \`sujet:morceaux\`, \`sujet:caractère\`, \`sujet:fichiers\`, \`sujet:serveur\`. Ci-dessous : un résultat, à voir et à entendre.`,
  options: `**L’effet des options.** Celles qui n’ont pas de champ à elles vont dans \`plus\` : \`/composer plus:tempo:0.5 voix:une\`
\`préréglage:march\` plusieurs à la fois ; \`/préréglage liste\` les montre tous
\`privé:true\` toi seul le vois, jusqu’à ce que tu appuies sur Partager ; \`vocal:true\` aussi en message vocal
Pour l’humeur, le compositeur et tes propres mots, voir \`/aide sujet:caractère\` ; pour plusieurs instruments, \`/aide sujet:morceaux\``,
  character: `**Le caractère de la musique.** Si tu ne choisis pas de modèle, ces options en sélectionnent un qui les comprend.
\`/composer style:rêveuse\` – mode, vitesse, densité, intensité et registre à la fois. Humeurs : ${list(Object.values(choices.mood))}
\`/composer style:chopin\` – dans le style de Chopin
\`/composer style:baroque\` – dans le style d’une époque. Époques : ${list(Object.values(choices.era))}
\`/composer texte:"musique triste et lente en ré mineur"\` – la même chose avec tes mots ; la réponse montre ce que j’ai compris
**Combinaisons** : un réglage précis l’emporte sur l’humeur, et une option sur le texte.
\`/composer style:joyeuse,classique plus:densité:clairsemée\`
\`/composer texte:"calme, très doux" notes:200 style:debussy\``,
  songs: `**Morceaux à plusieurs instruments**, sur des mesures et des temps, avec des sections et une fin
\`/composer style:bossa\` – un style. Styles : ${list(Object.values(choices.genre))}
\`/composer style:quatuor-à-cordes tonalité:D\` – une formation. Formations : ${list(Object.values(choices.ensemble))}
\`/composer accords:"Am F C G" style:pop\` – tes accords, un par mesure ; \`accords:"2x(C Am F G) F G C"\` répète
\`/composer style:valse bpm:150 plus:mesures:32 forme:AABA\` – vitesse en battements par minute, longueur en mesures, sections en lettres
Un réseau de neurones écrit la mélodie ; dans beaucoup de styles, l’accompagnement vient d’un recueil de motifs. Avec \`modèle:book\`, la mélodie suit elle aussi des règles. Le fichier MIDI a une piste par instrument.`,
  files: `**Tes propres fichiers MIDI**
\`/composer midi:…\` part des premières notes du fichier ; tout fichier MIDI jusqu’à 1 Mo convient.
Sur un message avec un fichier MIDI : clic droit ou appui long, puis **Applications** : pour composer à partir du fichier ou le prolonger.
Ou mentionne-moi dans un message avec un fichier : \`@moi notes:200 température:0.8\`. En message privé, pas besoin de mention.
J’ignore la batterie et je joue tout au piano.`,
  radio: `**De la musique sans fin dans un salon vocal**
\`/radio lancer\` – rejoins un salon vocal, puis lance-la ; avec un texte ou un style, comme \`texte:calme\`
\`/radio lancer jusqu-à:2h\` – finir après un temps, ou à une heure comme \`22:30\`
\`/radio lancer selon-l-heure:True\` – une ambiance qui suit l’heure de la journée
\`/radio lancer rester:True\` – jouer jour et nuit, même après un redémarrage (gestionnaires)
\`/radio passer\`, \`arrêter\`, \`volume\`, \`maintenant\` – pour passer, il faut la moitié des auditeurs
\`/radio paramètres\` – un rôle de DJ qui passe sans vote, et le fuseau horaire (gestionnaires)
**Jouer en vocal**, sous chaque morceau et dans **Applications** sur un message avec un fichier MIDI, le joue ensuite.`,
  server: `**Pour les gestionnaires du serveur**
\`/paramètres\` – options par défaut de /composer, salon de Partager, morceau du jour, limites par heure, qui peut entraîner, ma langue
\`/préréglage enregistrer\` – enregistrer des options pour tous
\`/entraîner\` – entraîner une copie de mon modèle sur votre musique ; rien ne change tant que tu n’appuies pas sur Utiliser
\`/modèle\` – lister, choisir, rétablir ou supprimer les modèles du serveur
\`/oublier\` – supprimer tout ce que je conserve pour ce serveur`,
};

export const about: Language['about'] = {
  composes: (version) =>
    `**Musical AI** ${version} compose des pièces pour piano et des morceaux à plusieurs instruments, à partir de tes mots, de ton fichier MIDI ou d’un début intégré.`,
  model: (id, from) => `Modèle en service : \`${id}\` (${from}). Pour tous les voir : \`/modèle liste\`.`,
  shipped: 'intégré',
  operator: 'ajouté par l’opérateur',
  server: (parent, date) =>
    `entraîné par ce serveur${parent === undefined ? '' : ` à partir de \`${parent}\``}${date === undefined ? '' : `, ${date}`}`,
  licence: (maestro) =>
    `Les modèles de piano ont été entraînés sur ${maestro} (Hawthorne et al., ICLR 2019) et en suivent la licence, CC BY-NC-SA 4.0 : pas d’usage commercial. Le modèle à plusieurs instruments est sous CC BY 4.0, le code sous licence MIT.`,
  line: (commandMs, gatewayMs, since) =>
    `Ta commande m’est parvenue en ${number(commandMs)} ms. Latence de la passerelle : ${gatewayMs === undefined ? 'pas encore mesurée' : `${number(gatewayMs)} ms`}. Démarré ${since}.`,
};
