"""What tells one language from another within a script: which are written in it, and letters of their own. Data only.

The words of each language lie in language_words/. Codes are BCP 47; "-Latn" marks a language that is typed with Latin
letters for want of its own. Letters count only if no other listed language of the script writes with them every day.
"""

# Unicode ranges of the scripts of the desk's languages.
SCRIPTS: dict[str, tuple[tuple[int, int], ...]] = {
    "Latn": ((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0x1E00, 0x1EFF)),
    "Arab": ((0x600, 0x6FF), (0x750, 0x77F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)),
    "Cyrl": ((0x400, 0x52F),),
    "Ethi": ((0x1200, 0x139F),),
    "Guru": ((0xA00, 0xA7F),),
    "Gujr": ((0xA80, 0xAFF),),
    "Beng": ((0x980, 0x9FF),),
    "Deva": ((0x900, 0x97F),),
    "Taml": ((0xB80, 0xBFF),),
    "Telu": ((0xC00, 0xC7F),),
    "Mlym": ((0xD00, 0xD7F),),
    "Sinh": ((0xD80, 0xDFF),),
    "Thai": ((0xE00, 0xE7F),),
    "Grek": ((0x370, 0x3FF),),
    "Geor": ((0x10A0, 0x10FF),),
    "Armn": ((0x530, 0x58F),),
    "Hebr": ((0x590, 0x5FF),),
    "Kore": ((0xAC00, 0xD7AF),),
    "Jpan": ((0x3040, 0x30FF),),
    "Hani": ((0x4E00, 0x9FFF), (0x3400, 0x4DBF)),
}

# The languages written in each script; scripts of one language decide alone.
WRITTEN_IN: dict[str, tuple[str, ...]] = {
    "Latn": (
        *("en", "pl", "ro", "sq", "tr", "fr", "es", "pt", "vi", "it", "lt", "sw", "om", "ku", "so"),
        *("de", "nl", "cs", "sk", "hu", "lv", "tl"),
        *("ar-Latn", "ur-Latn", "fa-Latn", "pa-Latn", "bn-Latn", "ckb-Latn", "ti-Latn", "am-Latn", "ps-Latn"),
        *("ru-Latn", "uk-Latn"),
    ),
    "Arab": ("ar", "fa", "ps", "ur", "ckb", "pa-PK"),
    "Cyrl": ("uk", "ru", "bg"),
    "Ethi": ("ti", "am"),
    "Guru": ("pa",),
    "Gujr": ("gu",),
    "Beng": ("bn",),
    "Deva": ("hi", "ne"),
    "Taml": ("ta",),
    "Telu": ("te",),
    "Mlym": ("ml",),
    "Sinh": ("si",),
    "Thai": ("th",),
    "Grek": ("el",),
    "Geor": ("ka",),
    "Armn": ("hy",),
    "Hebr": ("he",),
    "Kore": ("ko",),
    "Jpan": ("ja",),
    "Hani": ("zh",),
}

# Languages few here write: a library's word alone is not enough for them, since short messages often resemble them.
RARE = frozenset(["de", "nl", "cs", "sk", "hu", "lv", "tl", "bg", "ne", "ru-Latn", "uk-Latn", "ps-Latn", "am-Latn"])

LETTERS: dict[str, str] = {
    "ckb": "ەێۆڵڕڤۊ",
    "ps": "ټډړږښګڅځۍېڼ",
    "ur": "ٹڈڑےںھہ",
    "pa-PK": "ٹڈڑےںھہ",
    "ar": "ةىأإؤ",
    "uk": "іїєґ",
    "ru": "ыэё",
    "ti": "ኣዓቐቑቕኸኺኻኼኽኾዅ",
    "pl": "ąęłńśźżćó",
    "ro": "ășțâţş",
    "sq": "ë",
    "tr": "ğışıİ",
    "vi": "ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
    "lt": "ėįųūąčę",
    "es": "ñ¿¡",
    "pt": "ãõ",
    "ku": "êîûş",
    "fr": "œèù",
    "hu": "őű",
    "cs": "řůě",
    "sk": "ľĺŕ",
    "lv": "āēīļņģķ",
    "de": "ß",
}

# Letters that several languages of a script share, each a weak hint for all of them.
SHARED_LETTERS: dict[str, tuple[str, ...]] = {
    "پچژ": ("fa", "ur", "ps", "ckb", "pa-PK"),
    "گ": ("fa", "ur", "ckb", "pa-PK"),
    "ک": ("fa", "ur", "ps", "ckb", "pa-PK"),
    "ی": ("fa", "ur", "ps", "ckb", "pa-PK"),
    "ئ": ("ar", "ckb", "ur", "pa-PK"),
    "يك": ("ar", "ps"),
    "ç": ("sq", "tr", "fr", "pt", "ku"),
    "şı": ("tr", "ku"),
    "é": ("fr", "es", "pt", "hu", "cs"),
    "á": ("es", "pt", "hu", "cs", "sk", "vi"),
    "öü": ("tr", "de", "hu"),
    "šž": ("lt", "cs", "sk", "lv"),
    "è": ("fr", "it", "vi"),
}
