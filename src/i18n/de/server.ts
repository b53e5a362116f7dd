import type { Language } from '../language.js';
import { number } from './grammar.js';

export const settings: Language['settings'] = {
  title: '**Einstellungen für diesen Server**',
  defaults: (options) =>
    `Standardoptionen für /komponieren: ${options === undefined ? 'Standard' : `\`${options}\``}`,
  shareChannel: (channel) => `„Teilen“ postet in: ${channel ?? 'den Kanal, in dem es gedrückt wird'}`,
  daily: (channel, time) => `Stück des Tages: ${channel === undefined ? 'aus' : `${channel} um ${time}`}`,
  presets: (count) => `Gespeicherte Vorlagen: ${number(count)} (siehe \`/vorlage liste\`)`,
  limits: (person, server) =>
    `Stücke pro Stunde: ${number(person)} pro Person, ${number(server)} für den ganzen Server`,
  trainers: (names) =>
    `Wer Modelle trainieren und verwalten darf: die Serververwaltung${names === '' ? '' : `, ${names}`}`,
  language: (language) =>
    `Sprache, wenn die eines Mitglieds nicht bekannt ist: ${language ?? 'die des Servers'}`,
};

export const daily: Language['daily'] = {
  heading: '**Stück des Tages**',
  vote: 'Wie soll das nächste werden?',
  same: 'Wie dieses',
};

export const presets: Language['presets'] = {
  saved: (name, command) => `Vorlage **${name}** gespeichert: \`${command}\``,
  deleted: (name) => `Vorlage **${name}** gelöscht.`,
  own: 'Vorlagen dieses Servers:',
  builtIn: 'Eingebaute Vorlagen:',
  hint: '-# So verwendest du eine: `/komponieren vorlage:…`. Was du zusätzlich angibst, hat Vorrang.',
};

export const forget: Language['forget'] = {
  warning: (presetCount, models) =>
    `**Das löscht alles, was ich für diesen Server gespeichert habe**: seine Einstellungen, seine Vorlagen (${number(presetCount)}), die von ihm trainierten Modelle (${number(models)}) und ein laufendes Training. Das lässt sich nicht rückgängig machen. Schon gepostete Stücke bleiben in ihren Kanälen.`,
  button: 'Alles löschen',
  done: 'Ich habe alles gelöscht, was ich für diesen Server gespeichert hatte.',
};
