import { nearestProgram } from '../../../src/render/audio/instruments.js';
import { integratedLoudness, LoudnessMeter, shortTermLoudness } from '../../../src/render/audio/loudness.js';
import { mix } from '../../../src/render/audio/mix.js';
import { shippedSounds } from '../../../src/render/audio/sound-bank.js';
import { synthesise } from '../../../src/render/audio/synth.js';
import { writeMidi } from '../../../src/music/midi/write.js';
import { endSeconds, type Piece } from '../../../src/music/piece.js';
import { partLoudnesses } from '../../../src/render/audio/part-loudness.js';

/** How loud each part of a piece is, rendered alone at its level and place: LUFS, whole and each three seconds. */
export async function renderedParts(piece: Piece): Promise<{ whole: number; shortTerm: number[] }[]> {
  const channels = mix(piece);
  const parts: { whole: number; shortTerm: number[] }[] = [];
  for (const [i, track] of piece.tracks.entries()) {
    const { volume, pan, reverb } = channels[i]!;
    const program = track.isDrums ? 0 : nearestProgram(track.program);
    const alone = { ...piece, tracks: [{ ...track, program, volume, pan }] };
    const sounds = shippedSounds({ programs: track.isDrums ? [] : [program], hasDrums: track.isDrums });
    const meter = new LoudnessMeter();
    const maxFrames = Math.round(48_000 * endSeconds(piece));
    for await (const { left, right } of synthesise(writeMidi(alone, [], [{ reverb }]), sounds, { maxFrames }))
      meter.add(left, right);
    parts.push({ whole: integratedLoudness(meter.energies), shortTerm: shortTermLoudness(meter.energies) });
  }
  return parts;
}

/** By how many dB the melody is louder than each part at the closest and over the whole piece, and where it sounds. */
export async function distances(
  piece: Piece,
  lead = 0,
): Promise<{ name: string; closest: number; whole: number }[]> {
  const parts = await renderedParts(piece);
  const melody = parts[lead]!;
  const { held } = partLoudnesses(piece, endSeconds(piece))[lead]!;
  return parts.map(({ whole, shortTerm }, i) => {
    const closest = Math.min(
      ...shortTerm
        .slice(0, held.length - 29)
        .map((value, from) =>
          held.slice(from, from + 30).reduce((sum, share) => sum + share, 0) >= 15
            ? melody.shortTerm[from]! - value
            : Infinity,
        ),
    );
    return { name: piece.tracks[i]!.name, closest, whole: melody.whole - whole };
  });
}
