"""Reads the notes of Standard MIDI files (MMA 1996). A specialised reader: a general one takes twenty times as long."""

import pathlib

import numpy as np

SUSTAIN = 64  # the controller's number, and the value from which it is down (General MIDI)
NOTE_OFF, NOTE_ON, CONTROL = 0x8, 0x9, 0xB
TEMPO = 0x51  # a meta event; in the lists below this value replaces a channel event's first byte
DATA_BYTES = {0x8: 2, 0x9: 2, 0xA: 2, 0xB: 2, 0xC: 1, 0xD: 1, 0xE: 2}


def events_of_track(data, place, end):
    """(tick, kind, first data byte, second) of a track's notes, controllers and tempos, in order."""
    events, tick, status = [], 0, 0
    while place < end:
        delta = 0
        while True:
            byte = data[place]
            place += 1
            delta = delta << 7 | byte & 0x7F
            if byte < 0x80:
                break
        tick += delta
        byte = data[place]
        if byte >= 0xF0:
            place += 1
            meta = data[place] if byte == 0xFF else 0
            place += byte == 0xFF
            length = 0
            while True:
                more = data[place]
                place += 1
                length = length << 7 | more & 0x7F
                if more < 0x80:
                    break
            if meta == TEMPO:
                events.append((tick, TEMPO, int.from_bytes(data[place : place + length], "big"), 0))
            place += length
            continue
        if byte >= 0x80:
            status = byte
            place += 1
        kind = status >> 4
        size = DATA_BYTES[kind]
        if kind in (NOTE_OFF, NOTE_ON, CONTROL):
            events.append((tick, kind, data[place], data[place + 1]))
        place += size
    return events


def events_of_file(data):
    """(ticks per quarter note, events of all tracks by tick)."""
    if data[:4] != b"MThd":
        raise ValueError("This is no MIDI file.")
    division = int.from_bytes(data[12:14], "big")
    place, events = 8 + int.from_bytes(data[4:8], "big"), []
    while place + 8 <= len(data):
        first, length = place + 8, int.from_bytes(data[place + 4 : place + 8], "big")
        if data[place : place + 4] == b"MTrk":
            events += events_of_track(data, first, min(len(data), first + length))
        place = first + length
    events.sort(key=lambda event: event[0])
    return division, events


def notes_of_file(path):
    """The notes of one file: uint32 [notes, 4] of onset, duration (0.1 ms), pitch, velocity.

    A note released while the pedal is down sounds until the pedal lifts, the pitch is struck again, or the file ends
    (Oore et al. 2018, "This time with feeling"). Raises ValueError or IndexError for a damaged file.
    """
    division, events = events_of_file(pathlib.Path(path).read_bytes())
    notes = []
    held = {}  # pitch -> index of the note whose key is down
    ringing = {}  # pitch -> index of the note held only by the pedal
    pedal = False
    seconds, tick = 0.0, 0
    per_tick = 0.5 / division  # seconds, until the file sets a tempo

    def end(index):
        notes[index][1] = max(1, round(seconds * 1e4) - notes[index][0])

    for at, kind, first, second in events:
        seconds += (at - tick) * per_tick
        tick = at
        if kind == NOTE_ON and second > 0:
            for sounding in (held, ringing):
                if first in sounding:
                    end(sounding.pop(first))
            held[first] = len(notes)
            notes.append([round(seconds * 1e4), 0, first, second])
        elif kind == NOTE_ON or kind == NOTE_OFF:
            index = held.pop(first, None)
            if index is None:
                continue
            if pedal:
                ringing[first] = index
            else:
                end(index)
        elif kind == CONTROL and first == SUSTAIN:
            pedal = second >= SUSTAIN
            if not pedal:
                for index in ringing.values():
                    end(index)
                ringing.clear()
        elif kind == TEMPO:
            per_tick = first * 1e-6 / division
    for index in [*held.values(), *ringing.values()]:
        end(index)
    table = np.array(notes, dtype=np.uint32).reshape(-1, 4)
    return table[np.lexsort((table[:, 2], table[:, 0]))]
