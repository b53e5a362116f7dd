"""The class of an instrument in a score, by its name or its program.

The classes are those of ../vocabulary.json. Two are wider than General MIDI's families: singers are "ensemble" (which
contains General MIDI's choir), plucked strings are "guitar" (harp, lute, zither).
"""

import re

CLASSES = [
    "piano",
    "chromatic-percussion",
    "organ",
    "guitar",
    "bass",
    "strings",
    "ensemble",
    "brass",
    "reed",
    "pipe",
    "lead",
    "pad",
    "drums",
]
NUMBER = {name: i for i, name in enumerate(CLASSES)}

# The first pattern found in the name wins: (pattern, class). None: omitted.
NAMES = [
    (r"organ|orgel|orgue|orgl|\borg\b|fisharm|phys|harmonium|continuo|\bb\.? ?c\.?$|partimento|fundamento", "organ"),
    (
        r"timp|tymp|kotł|pauk|tambur|cymb|drum|bęb|piatti|triang|cassa|percuss|tam-?tam|gong|castan|tamb|catuba|bombo",
        None,
    ),
    (r"contrabas?oo|contrafag|double ?bassoon", "reed"),
    (r"trombon|tromb\.|trombn|puzon|posaun|tuba|ophic|oficl|bombard|euph|bassetto in es", "brass"),
    (
        r"bass(et)? ?-?(clar|horn)|clarinet|clar\b|clarn|klar|clarin(?!o|i)|oboe|hautb|oboi|oboj|fag|bassoon|basson",
        "reed",
    ),
    (r"engl|corno? ingl|cor angl|saxo|sarrus|iclars|clars|ioboe", "reed"),
    (r"clarin|clrno|trump|tromp|tromb|trąb|\bcorn|horn|\bcor\b|cor ?\d|cornet|róg|rog\b|wald", "brass"),
    (r"flut|flaut|travers|flöt|flet|\bfl\b|flt|picc|ottavin|recorder|blockfl|\bfife", "pipe"),
    (r"celest|glock|carill|xylo|vibr|marimb|campan|bells|campn", "chromatic-percussion"),
    (r"harp(?!si)|arpa|harfe|lute|lauto|liuto|guit|gitar|chitar|zith|mandol|theorb|tiorb|cythar", "guitar"),
    (r"pian|forte|klav|clav|harpsi|cemb|clavec|fortep|klawes", "piano"),
    (r"contrab|double ?bass|kontrab|cbass|violon[eo](?!c)|\bbassi\b(?!.*vox)(?=.*str)|basso? (?=.*cbass)", "strings"),
    (
        r"viol|\bvl[ae]?\b|skrzyp|altówk|wiol|celli|cello|bratsch|geige|fiddle|\bvcl?\b|strings|viole|bass? viol",
        "strings",
    ),
    (
        r"voi[xc]|vox|sing|gesang|canto|sopr|mezzo|\balt|tenor|barit|basso|bass\b|bassus|discant|cantus|altus",
        "ensemble",
    ),
    (r"choir|chor|coro|chór|głos|soprn|stimme|chant|zang|voz|female|male|quint(us|a)|sext(us|a|o)|octav", "ensemble"),
    (r"canon|unison|girls|boys|women|men\b|narrat|solo|duo", "ensemble"),
]
COMPILED = [(re.compile(pattern), kind) for pattern, kind in NAMES]
HARP, TIMPANI = 46, 47


def class_of_program(program):
    """The class of a General MIDI program, 0-127; None for effects and unpitched percussion."""
    if program in (HARP, 104, 105, 106, 107):
        return "guitar"
    if program == TIMPANI or program in (55, *range(113, 128)) or program in range(96, 104):
        return None
    if program < 96:
        return CLASSES[program // 8]
    return {108: "chromatic-percussion", 109: "reed", 110: "strings", 111: "reed", 112: "chromatic-percussion"}[program]


def class_of(name, program=None):
    """The class of an instrument, None for percussion and effects; "ensemble" if unknown."""
    text = name.lower().replace("ſ", "s").replace("ß", "s")
    for pattern, kind in COMPILED:
        if pattern.search(text):
            return kind
    return "ensemble" if program is None else class_of_program(program)
