"""Tests of the readers on small, made-up pieces: python -m pytest training/song"""

import pathlib

import mido
import numpy as np
import pytest

import kern
import midi
import musicxml
import openhymnal
from score import Measure, unfold


def pitches(staff):
    return [note[2] for note in staff.notes]


def spans(staff):
    return [note[:3] for note in staff.notes]


def kern_of(text):
    """Columns are separated by spaces here."""
    return kern.parse("\n".join("\t".join(line.split()) for line in text.strip().splitlines()))


class TestKern:
    def test_lengths_pitches_and_the_lowest_staff_last(self):
        score = kern_of("""
            **kern **kern
            *k[f#] *k[f#]
            *M3/4 *M3/4
            =1 =1
            2.GG 4b-
            . 8.cc#
            . 16d
            . 4e
            =2 =2
            *- *-
        """)
        assert [spans(staff) for staff in score.staves] == [
            [(0, 24, 70), (24, 18, 73), (42, 6, 62), (48, 24, 64)],
            [(0, 72, 43)],
        ]
        assert score.keys == [(0, 1, None)]
        assert (score.bars[0].length, score.bars[0].numerator) == (72, 3)

    def test_spines_split_exchange_and_join(self):
        score = kern_of("""
            **kern **kern
            *M4/4 *M4/4
            =1 =1
            * *^
            2C 2e 4g
            . . 4a
            * *x *x
            2D 4b 2f
            . 4cc .
            * *v *v
            =2 =2
            1E 1g
            *- *-
        """)
        upper, lower = score.staves
        assert spans(lower) == [(0, 48, 48), (48, 48, 50), (96, 96, 52)]
        assert spans(upper) == [
            (0, 48, 64),
            (0, 24, 67),
            (24, 24, 69),
            (48, 48, 65),
            (48, 24, 71),
            (72, 24, 72),
            (96, 96, 67),
        ]

    def test_ties_chords_and_grace_notes(self):
        score = kern.parse("**kern\n*M4/4\n=1\n4c 4e\n8qd\n2.[g\n=2\n2g_\n2g]\n=3\n*-")
        assert spans(score.staves[0]) == [(0, 24, 60), (0, 24, 64), (24, 168, 67)]

    def test_a_rest_that_lasts_over_bar_lines_moves_none(self):
        score = kern_of("""
            **kern **kern
            *M2/4 *M2/4
            =1 =1
            0r 2c
            =2 =2
            . 2d
            =3 =3
            . 2e
            =4 =4
            . 2f
            =5 =5
            *- *-
        """)
        assert [note[0] for note in score.staves[0].notes] == [0, 48, 96, 144]
        assert [bar.length for bar in score.bars] == [48] * 4

    def test_an_expansion_list_is_played_out(self):
        score = kern.parse("**kern\n*>[A,A,B]\n*>norep[A,B]\n*M2/4\n*>A\n=1\n2c\n=2:|!\n*>B\n2d\n==\n*-")
        assert pitches(score.staves[0]) == [60, 60, 62]
        assert [(bar, letter, count) for bar, letter, count in score.sections] == [
            (0, "A", 0),
            (1, "A", 1),
            (2, "B", 0),
        ]

    def test_repeat_signs_without_a_list(self):
        score = kern.parse("**kern\n*M2/4\n=1\n2c\n=2:|!|:\n2d\n=3\n2e\n=4:|!\n*-")
        assert pitches(score.staves[0]) == [60, 60, 62, 64, 62, 64]

    def test_a_line_with_too_few_tokens_is_an_error(self):
        with pytest.raises(ValueError, match="2 spines"):
            kern.parse("**kern\t**kern\n4c")


NOTE = "<note><pitch><step>{}</step><octave>{}</octave></pitch><duration>{}</duration>{}</note>"


def xml_of(measures, parts="<score-part id='P1'><part-name>Flute</part-name></score-part>"):
    body = "".join(f"<measure number='{i + 1}'>{m}</measure>" for i, m in enumerate(measures))
    return f"<score-partwise><part-list>{parts}</part-list><part id='P1'>{body}</part></score-partwise>"


HEAD = (
    "<attributes><divisions>2</divisions><key><fifths>0</fifths></key>"
    "<time><beats>2</beats><beat-type>4</beat-type></time></attributes>"
)


def read_xml(tmp_path, measures):
    path = tmp_path / "piece.xml"
    path.write_text(xml_of(measures))
    return musicxml.read(path)


class TestMusicXml:
    def test_ties_voices_grace_and_chords(self, tmp_path):
        tie = "<tie type='{}'/>"
        first = (
            HEAD
            + "<note><grace/><pitch><step>A</step><octave>4</octave></pitch></note>"
            + NOTE.format("C", 4, 4, tie.format("start"))
            + "<note><chord/><pitch><step>E</step><alter>-1</alter><octave>4</octave></pitch>"
            + "<duration>4</duration></note>"
            + "<backup><duration>4</duration></backup><forward><duration>2</duration></forward>"
            + NOTE.format("G", 3, 2, "")
        )
        second = NOTE.format("C", 4, 4, tie.format("stop"))
        score = read_xml(tmp_path, [first, second])
        assert spans(score.staves[0]) == [(0, 96, 60), (0, 48, 63), (24, 24, 55)]

    def test_a_repeat_with_two_endings(self, tmp_path):
        ending = "<barline location='{}'><ending number='{}' type='{}'/>{}</barline>"
        back = "<repeat direction='backward'/>"
        score = read_xml(
            tmp_path,
            [
                HEAD + NOTE.format("C", 4, 4, ""),
                ending.format("left", 1, "start", "")
                + NOTE.format("D", 4, 4, "")
                + ending.format("right", 1, "stop", back),
                ending.format("left", 2, "start", "")
                + NOTE.format("E", 4, 4, "")
                + ending.format("right", 2, "stop", ""),
                NOTE.format("F", 4, 4, ""),
            ],
        )
        assert pitches(score.staves[0]) == [60, 62, 60, 64, 65]

    def test_da_capo_al_fine_plays_no_repeat_again(self, tmp_path):
        words = "<direction><direction-type><words>{}</words></direction-type></direction>"
        back = "<barline location='right'><repeat direction='backward'/></barline>"
        score = read_xml(
            tmp_path,
            [
                HEAD + NOTE.format("C", 4, 4, "") + back,
                NOTE.format("D", 4, 4, "") + words.format("Fine"),
                NOTE.format("E", 4, 4, "") + words.format("D.C. al Fine"),
            ],
        )
        assert pitches(score.staves[0]) == [60, 60, 62, 64, 60, 62]

    def test_dal_segno_jumps_to_the_coda(self, tmp_path):
        sound = "<direction><direction-type/><sound {}='1'/></direction>"
        score = read_xml(
            tmp_path,
            [
                HEAD + NOTE.format("C", 4, 4, ""),
                sound.format("segno") + NOTE.format("D", 4, 4, ""),
                NOTE.format("E", 4, 4, "") + sound.format("tocoda"),
                NOTE.format("F", 4, 4, "") + sound.format("dalsegno"),
                sound.format("coda") + NOTE.format("G", 4, 4, ""),
            ],
        )
        assert pitches(score.staves[0]) == [60, 62, 64, 65, 62, 64, 67]

    def test_a_transposing_instrument_sounds_where_it_sounds(self, tmp_path):
        transposed = HEAD.replace(
            "</attributes>", "<transpose><diatonic>-1</diatonic><chromatic>-2</chromatic></transpose></attributes>"
        )
        score = read_xml(tmp_path, [transposed.replace("<fifths>0", "<fifths>2") + NOTE.format("D", 4, 4, "")])
        assert pitches(score.staves[0]) == [60]
        assert score.keys[0][1] == 0

    def test_a_pick_up_stands_at_the_end_of_its_bar(self, tmp_path):
        measures = [HEAD + NOTE.format("G", 4, 2, ""), NOTE.format("C", 4, 4, ""), NOTE.format("D", 4, 2, "")]
        score = read_xml(tmp_path, measures)
        assert [note[0] for note in score.staves[0].notes] == [24, 48, 96]
        assert [(bar.start, bar.length) for bar in score.bars] == [(0, 48), (48, 48), (96, 48)]

    def test_a_bar_that_a_repeat_cuts_is_one_bar(self, tmp_path):
        back = "<barline location='right'><repeat direction='backward'/></barline>"
        measures = [HEAD + NOTE.format("G", 4, 2, ""), NOTE.format("C", 4, 4, ""), NOTE.format("D", 4, 2, "") + back]
        score = read_xml(tmp_path, measures)
        assert [note[0] for note in score.staves[0].notes] == [24, 48, 96, 120, 144, 192]
        assert [bar.length for bar in score.bars] == [48] * 5


def test_a_broken_repeat_ends():
    measures = [Measure() for _ in range(3)]
    measures[2].backward = 10**9
    assert len(unfold(measures)) <= 1_000


ABC = """X: 1
T: Test
M: 3/4 % time signature
L: 1/4
%%staves (S1V1 S1V2) | (S2V1 S2V2)
K: D % key signature
[V: S1V1] [Q:1/4=90] A | f =f f | e>d c- | c2 |]
[V: S1V2] F | A A A | (3A/B/c/ A2 | A2 |]
[V: S2V1] D | D D D | E2 E | E2 |]
[V: S2V2] D, | D, !fermata!D, D, | A,,2 [A,,A,] | A,,2 |]
"""


def test_abc_signatures_accidentals_ties_and_lengths():
    (score,) = [openhymnal.read_tune(ABC)]
    soprano, alto, _, bass = score.staves
    # The natural applies to the end of its bar; the pick-up is on the third beat.
    assert spans(soprano) == [
        (48, 24, 69),
        (72, 24, 78),
        (96, 24, 77),
        (120, 24, 77),
        (144, 36, 76),
        (180, 12, 74),
        (192, 72, 73),
    ]
    assert [note[:2] for note in alto.notes][4:7] == [(144, 8), (152, 8), (160, 8)]
    assert [note[2] for note in bass.notes][-3:] == [45, 57, 45]
    assert (score.tempo, score.keys) == (90, [(0, 2, None)])


def write_midi(path, tracks, ticks=480):
    """tracks: [(name, channel, program, [(tick, length, pitch, velocity)], [meta messages at 0])]."""
    file = mido.MidiFile(ticks_per_beat=ticks)
    for name, channel, program, notes, metas in tracks:
        track = mido.MidiTrack()
        track.append(mido.MetaMessage("track_name", name=name))
        track.extend(metas)
        track.append(mido.Message("program_change", channel=channel, program=program))
        events = [(tick, 1, pitch, velocity) for tick, _, pitch, velocity in notes]
        events += [(tick + length, 0, pitch, 0) for tick, length, pitch, _ in notes]
        now = 0
        for tick, on, pitch, velocity in sorted(events):
            kind = "note_on" if on else "note_off"
            track.append(mido.Message(kind, channel=channel, note=pitch, velocity=velocity, time=tick - now))
            now = tick
        file.tracks.append(track)
    file.save(path)


class TestMidi:
    def test_a_pop_song_is_warped_by_its_beats(self, tmp_path):
        """The beats are at 0.5 s, 1.25 s, ..., while the file's ticks imply 120 bpm."""
        song, form = tmp_path / "001", tmp_path / "form"
        song.mkdir()
        form.mkdir()
        # Beats every 0.75 s from 0.5 s: 720 ticks each, at 480 ticks per half second.
        beats = [0.5 + 0.75 * i for i in range(16)]
        (song / "beat_midi.txt").write_text("\n".join(f"{t} 1.0 0.0" for t in beats))
        (song / "chord_midi.txt").write_text(f"0.5\t{beats[1]}\tN\n{beats[1]}\t{beats[5]}\tBb:min7/b3\n")
        (form / "human_label1.txt").write_text("A1B2")
        (form / "melody.txt").write_text("60 4\n62 4\n64 4\n65 4\n67 16\n60 16\n")
        (form / "finalized_chord.txt").write_text("C:maj [0, 4, 7] 0 4\nC:maj [0, 4, 7] 0 8\n")
        (form / "analyzed_key.txt").write_text("A:min\n")
        melody = [(480 + 720 * (1 + i), 700, pitch, 90) for i, pitch in enumerate((60, 62, 64, 65))]
        melody += [(480 + 720 * 5 + 10, 2860, 67, 90), (480 + 720 * 9, 2880, 60, 90)]
        piano = [(480 + 720 * 1, 2000, 48, 60)]
        tempo = [mido.MetaMessage("set_tempo", tempo=500_000)]
        write_midi(song / "001.mid", [("MELODY", 0, 0, melody, tempo), ("PIANO", 2, 0, piano, [])])
        score = midi.read_pop(song, form)
        assert spans(score.staves[0]) == [
            (0, 24, 60),
            (24, 24, 62),
            (48, 24, 64),
            (72, 24, 65),
            (96, 96, 67),
            (192, 96, 60),
        ]
        assert score.sections == [(0, "A", 0), (1, "B", 0)]
        assert score.chords == [(0, None, None), (0, 10, "min7")]
        assert score.keys == [(0, 0, "minor")]
        assert score.tempo == pytest.approx(80)

    def test_lengths_of_pop_lie_on_16ths_and_8ths(self):
        assert midi.pop_lengths([1, 7.4, 40, 50, 58, 100]).tolist() == [6, 6, 42, 48, 60, 96]

    def test_strokes_of_one_drum_are_one(self, tmp_path):
        strokes = [(2, 20, 22, 60), (0, 20, 42, 70), (118, 30, 26, 80), (490, 20, 36, 100)]
        path = tmp_path / "take.mid"
        write_midi(path, [("drums", 9, 0, strokes, [])])
        score = midi.read_groove(str(path), 4, 4, 100.0)
        assert score.staves[0].notes == [(0, 6, 42, 70), (6, 6, 46, 80), (24, 6, 36, 100)]

    def test_snapping_prefers_the_near_grid_and_leaves_the_rest(self):
        assert midi.snapped([5.2, 8.3, 15.4, 3.0], within=1.0).tolist() == [6, 8, 16, 3]

    def test_a_band_keeps_programs_meters_and_its_longest_tempo(self, tmp_path):
        metas = [
            mido.MetaMessage("time_signature", numerator=3, denominator=4),
            mido.MetaMessage("set_tempo", tempo=400_000),
        ]
        tracks = [("bass", 0, 33, [(0, 480, 40, 80)], metas), ("kit", 9, 16, [(480, 10, 35, 99)], [])]
        path = tmp_path / "band.mid"
        write_midi(path, tracks)
        score = midi.read_band(str(path))
        assert score.tempo == pytest.approx(150)
        assert (score.bars[0].numerator, score.bars[0].length) == (3, 72)
        assert [staff.notes for staff in score.staves] == [[(0, 24, 40, 80)], [(24, 6, 36, 99)]]

    def test_chord_labels(self):
        assert midi.chord_of("Ab:min7/b3") == (8, "min7")
        assert midi.chord_of("F#:sus4(b7)") == (6, "sus")
        assert midi.chord_of("C:hdim7") == (0, "dim")
        assert midi.chord_of("N") == (None, None)
        assert midi.form_of("i4A12b8") == [("i", 4), ("A", 12), ("b", 8)]


def test_a_second_parser_agrees(tmp_path):
    music21 = pytest.importorskip("music21")
    lines = "**kern **kern|*M4/4 *M4/4|=1 =1|4C 8g|. 8a|4D 4b|2E 4.cc|. 8dd|=2 =2|1C [2ee|. 2ee]|== ==|*- *-"
    text = lines.replace(" ", "\t").replace("|", "\n") + "\n"
    path = pathlib.Path(tmp_path) / "piece.krn"
    path.write_text(text)
    mine = sorted((note[0], note[2]) for staff in kern.read(path).staves for note in staff.notes)
    theirs = music21.converter.parse(str(path)).stripTies()
    flat = theirs.flatten().notes
    assert mine == sorted((round(float(n.offset) * 24), p.midi) for n in flat for p in n.pitches)
    assert np.all(np.diff([onset for onset, _ in mine]) >= 0)
