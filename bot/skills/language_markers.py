"""What tells one language from another within a script: letters and small words. Data only; languages.py votes with it.

Codes are BCP 47. Letters count only if no other listed language of the same script writes with them every day.
"""

# Unicode ranges of the scripts of the desk's languages, and the languages written in each.
SCRIPTS: dict[str, tuple[tuple[tuple[int, int], ...], tuple[str, ...]]] = {
    "Latn": (
        ((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0x1E00, 0x1EFF)),
        (
            "en",
            "pl",
            "ro",
            "sq",
            "tr",
            "fr",
            "es",
            "pt",
            "vi",
            "it",
            "lt",
            "sw",
            "om",
            "ku",
            "so",
            "de",
            "nl",
            "cs",
            "sk",
            "hu",
            "lv",
            "tl",
        ),
    ),
    "Arab": (((0x600, 0x6FF), (0x750, 0x77F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)), ("ar", "fa", "ps", "ur", "ckb")),
    "Cyrl": (((0x400, 0x52F),), ("uk", "ru", "bg")),
    "Ethi": (((0x1200, 0x139F),), ("ti", "am")),
    "Guru": (((0xA00, 0xA7F),), ("pa",)),
    "Gujr": (((0xA80, 0xAFF),), ("gu",)),
    "Beng": (((0x980, 0x9FF),), ("bn",)),
    "Deva": (((0x900, 0x97F),), ("hi", "ne")),
    "Taml": (((0xB80, 0xBFF),), ("ta",)),
    "Telu": (((0xC00, 0xC7F),), ("te",)),
    "Mlym": (((0xD00, 0xD7F),), ("ml",)),
    "Sinh": (((0xD80, 0xDFF),), ("si",)),
    "Thai": (((0xE00, 0xE7F),), ("th",)),
    "Grek": (((0x370, 0x3FF),), ("el",)),
    "Geor": (((0x10A0, 0x10FF),), ("ka",)),
    "Armn": (((0x530, 0x58F),), ("hy",)),
    "Hebr": (((0x590, 0x5FF),), ("he",)),
    "Kore": (((0xAC00, 0xD7AF),), ("ko",)),
    "Jpan": (((0x3040, 0x30FF),), ("ja",)),
    "Hani": (((0x4E00, 0x9FFF), (0x3400, 0x4DBF)), ("zh",)),
}

LETTERS: dict[str, str] = {
    "ckb": "ەێۆڵڕڤۊ",
    "ps": "ټډړږښګڅځۍېڼ",
    "ur": "ٹڈڑےںھہ",
    "fa": "",
    "ar": "ةىأإؤئ",
    "uk": "іїєґ",
    "ru": "ыэё",
    "bg": "",
    "ti": "ኣዓቐቑቕኸኺኻኼኽኾዅ",
    "am": "",
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
    "پچژ": ("fa", "ur", "ps", "ckb"),
    "گ": ("fa", "ur", "ckb"),
    "ک": ("fa", "ur", "ps", "ckb"),
    "ی": ("fa", "ur", "ps", "ckb"),
    "يك": ("ar", "ps"),
    "ç": ("sq", "tr", "fr", "pt", "ku"),
    "şı": ("tr", "ku"),
    "é": ("fr", "es", "pt", "hu", "cs"),
    "á": ("es", "pt", "hu", "cs", "sk", "vi"),
    "öü": ("tr", "de", "hu"),
    "šž": ("lt", "cs", "sk", "lv"),
    "è": ("fr", "it", "vi"),
}

WORDS: dict[str, str] = {
    "en": "the a an i i'm im my me is am are was to in on for of and or not no yes do does don't dont can cant how what "
    "where when who why need want have has help please pls with from you your it this that he she they we at "
    "which get go find there hello hi thanks thank good english doctor house job money school near work",
    "ar": "في من على إلى الى عن هل ما ماذا كيف أين اين متى لماذا هذا هذه أنا انا أريد اريد عندي لدي أحتاج لا مع أو او ان أن "
    "شو وين بدي ليش ازاي فين عايز عاوز مش ايش شنو وينه اكو ماكو اريد ابي ابغى داير ياخ شلون كيفاش مو لازم ممكن عم بس يا "
    "ليس كان قبل بعد حتى هنا هناك ابني بنتي زوجي زوجتي الى عشان لسه كمان هسه هسا",
    "fa": "من است را به در از که این آن برای با هم می نمی چه چگونه چطور کجا کی چرا آیا دارم ندارم می‌خواهم میخواهم نمیخواهم "
    "هستم نیست هست باید شود کنم کنید کرده شده خود ما شما یک و تا اگر ولی چی میشه میتونم می‌توانم نمیتونم خونه برم "
    "کار خانه بچه سلام لطفا ممنون هستم بود خیلی اینجا",
    "ps": "زه زما ستا د په کې کي څنګه چیرته چېرته ولې نه یم یې دی ده دي لرم غواړم کولی شم له سره څه کوم کړم موږ مې راته "
    "نلرم نشته هغه دا او که چې دلته زموږ تاسو مرسته",
    "ur": "میں ہے ہیں کا کی کے کو سے اور نہیں کیا کیسے کہاں مجھے میرا میری میرے ہوں چاہیے یہ وہ پر کر کرنا ہو لیے لئے کوئی "
    "کب کیوں ہم آپ بھی تھا گیا رہا رہی سکتا سکتی",
    "ckb": "من لە بۆ کە چۆن لەکوێ کوێ ئەم ئەو هەیە نییە دەتوانم دەمەوێ نیە چی بە و یان هاوکاری ئێمە ئێوە پێویستم منداڵ ماڵ",
    "uk": "я ми ви він вона мені мене мій моя мої як де коли чому що це і й та або не ні так є у в на з за до від для чи "
    "хочу треба потрібно потрібен можу можна дитина дитину діти лікар лікаря допоможіть будь ласка робота квартира "
    "немає нема куди хто який яка дуже вже ще",
    "ru": "я мы вы он она мне меня мой моя мои как где когда почему что это и или не нет да есть у в на с за до от для "
    "ли хочу надо нужно нужен могу можно ребенок ребёнок ребенка дети врач врача помогите пожалуйста работа работу "
    "квартира нету куда кто какой какая очень уже ещё еще",
    "bg": "аз съм ме ми как къде кога защо какво това и или не да има няма в на с за до от ли искам трябва мога дете лекар",
    "ti": "ኣነ ናይ ኣብ እየ ኣሎ የለን ከመይ ኣበይ መዓስ እንታይ ምኽንያት እዩ እዛ ንዓይ ክሳብ ድማ ወይ እባ በጃኻ በጃኹም ይደሊ እደሊ ደልየ ኣለኒ የብለይን ካብ ናብ ምስ "
    "ንኽ ክ ዝ ስለ ግን ኢዩ ይኽእል እኽእል ኣይ ቈልዓ ገዛ ስራሕ",
    "am": "እኔ የ በ ነው አለ የለም እንዴት የት መቼ ምን ለምን ነኝ እባክህ እባክዎ እፈልጋለሁ አለኝ የለኝም ከ ወደ ጋር ስለ ግን እና ወይም ልጅ ቤት ስራ "
    "ይቻላል እችላለሁ አልችልም ነበር አይደለም",
    "pl": "ja mam nie jest się sie co jak gdzie kiedy dlaczego czy do na w z za dla i lub ale mi mnie moje moja mój "
    "chce chcę potrzebuję potrzebuje mogę moge lekarza pracy dziecko mieszkanie szukam jestem proszę prosze po od mieszkania dzień dobry",
    "ro": "eu am nu este sunt ce cum unde când cand de la în in pe cu pentru si și sau dar mi mă ma mea meu vreau "
    "trebuie pot copil copilul casa munca sa să un o am nevoie buna bună ziua",
    "sq": "unë une kam nuk është eshte jam si ku kur pse çfarë cfare për per me te të në ne dhe ose por mua më im ime dua "
    "duhet mund fëmija femija shtëpi shtepi punë pune mjek çka cka ke ka nje një faleminderit",
    "tr": "ben var yok değil degil ne nasıl nasil nerede nereden ne zaman neden için icin ile ve veya ama bana benim beni "
    "istiyorum lazım lazim doktor çocuk çocuğum ev iş bir bu şu mı mi mu mü miyim kadar çok lütfen merhaba",
    "fr": "je j'ai ai suis ne pas est et ou mais comment où quand pourquoi que quoi le la les un une des de du à au pour "
    "avec mon ma mes moi me veux besoin peux enfant maison travail bonjour dans sur je cherche c'est",
    "es": "yo tengo soy no es y o pero como cómo donde dónde cuando cuándo por qué que el la los las un una de del a para "
    "con mi mis me quiero necesito puedo hijo casa trabajo hola en estoy busco hay",
    "pt": "eu tenho sou não nao é e ou mas como onde quando por que o a os as um uma de do da para com meu minha me quero "
    "preciso posso filho casa trabalho olá ola em estou no na ao à há",
    "it": "io ho sono non è e o ma come dove quando perché che il lo la i gli le un una di del della a per con mio mia mi "
    "voglio bisogno posso figlio casa lavoro ciao in cerco dei nel",
    "vi": "tôi toi không khong có co là la ở o và và cho của cua làm lam thế nào gì gi đâu dau con bác sĩ nhà nha tiền muốn "
    "muon cần can được duoc giúp giup ai khi",
    "so": "waxaan aniga waa maya haa ma meel meeh halkee sidee goorma waayo iyo ama laakiin ku ka u la in aan anigu "
    "baahanahay rabaa doonayaa karaa ilmo ilmaha guri shaqo dhakhtar caawi fadlan heli halka weli wax igu aad soo leh ayaa",
    "om": "ani na kan hin jira jiraa akkamitti eessa yoom maaliif maali fi yookaan garuu koo kiyya barbaada qaba qabu "
    "dandaa mana hojii ijoollee doktora gargaarsa galatoomi akkam itti irraa ta'e",
    "ku": "ez im min heye tune nîne çawa li ku kengî çima çi û an lê ji bo bi re dixwazim divê dikarim zarok mal kar "
    "doktor alîkarî ev ew di de da dikim xwe me we",
    "sw": "mimi nina sina si ni na au lakini vipi wapi lini kwa nini kwani nini ya wa la za katika kwa nataka nahitaji naweza "
    "mtoto nyumba kazi daktari msaada tafadhali habari jambo yangu wangu",
    "lt": "aš as turiu neturiu yra nėra kaip kur kada kodėl ką ir arba bet man mano noriu reikia galiu vaikas namas "
    "darbas darbo gydytojas labas prašau į iš su",
    "lv": "es man ir nav kā kur kad kāpēc ko un vai bet mans mana gribu vajag varu bērns māja darbs ārsts lūdzu",
    "de": "ich habe bin nicht ist und oder aber wie wo wann warum was der die das ein eine mein meine mir will brauche kann "
    "kind haus arbeit arzt hallo für mit zu von",
    "nl": "ik heb ben niet is en of maar hoe waar wanneer waarom wat de het een mijn mij wil nodig kan kind huis werk dokter",
    "cs": "já mám nemám je není jak kde kdy proč co a nebo ale mi můj moje chci potřebuji mohu dítě dům práce lékař prosím se na",
    "sk": "ja mám nemám je nie ako kde kedy prečo čo a alebo ale mi môj moje chcem potrebujem môžem dieťa dom práca lekár prosím sa na",
    "hu": "én van nincs nem hogyan hol mikor miért mi és vagy de nekem akarok kell szükségem tudok gyerek ház munka orvos kérem egy az",
    "tl": "ako ko ang ng sa na ay hindi wala may paano saan kailan bakit ano at o pero gusto kailangan pwede anak bahay trabaho doktor po",
    "hi": "मैं है हैं का की के को से और नहीं क्या कैसे कहाँ कहां मुझे मेरा मेरी हूँ हूं चाहिए",
    "ne": "म छ छैन को मा लाई र कसरी कहाँ मलाई मेरो चाहिन्छ हो गर्न हुन्छ",
}

# Dari beside Persian of Iran: words of everyday Dari that Iranians do not use.
DARI_WORDS = (
    "استین استید استم نیستم شفاخانه داکتر بکس کورس پوهنتون اولاد اولادم اولادهایم اولادها ماندیم تذکره موتر سرک مکتب معاش "
    "میباشم میباشیم چیرقم میتانم نمیتانم میتانیم میتانه بریم بری‌ما کمپ کرایه‌خانه خوارک"
    " پولیس ویزه تیلیفون تلیفون انترنت انترنیت لایسنس لت گپ نمیفامم میفامم اینجه اونجه مره بیادر خسر طفلم اطفال اطفالم سفارتخانه"
)

# Everyday words of languages that people type with Latin letters when they have no other keyboard.
ROMANISED: dict[str, str] = {
    "ar": "ana ayna wayn wein fen feen kif kayf keif kaif shu sho shou bidi biddi baddi 3andi 3ndi andi indi ma fi mafi mafee "
    "lazem ayez aayez 3ayez 3awez urid areed ureed arid abgha abi hal hatha hada hadi w wallah inshallah salam "
    "marhaba shukran beit bayt shughl shoghl mish mesh msh leish lesh laish el il al min ila 3ala ala bas ya tabib ibni binti",
    "ur": "mujhe mujhay mera meri mere main mai mein hai hain hoon hun ka ki ke ko se aur nahi nahin kya kia kaise kaisay kesay "
    "kahan kahaan chahiye chahie chahye ghar kaam bacha bachay bachon kar karna raha rahi sakta sakti kab kyun liye paisay paise",
    "fa": "man mikham mikhaham nemikham daram nadaram kojast koja kojas chetor chetori chera che baraye az dar ke in hast nist "
    "mishe mitonam mitunam nemitonam khane khune kar bache salam lotfan merci mamnoon hastam bayad ro ra begiram konam",
    "pa": "mainu menu mennu mera meri mere main haan hai kithe kithay kiddan kivein kiven chahida chahidi da di de nu te nahi "
    "nai ghar kamm kam bacha bachay ki sakda sakdi karna",
    "bn": "ami amar amake kothay kothae kivabe kemne kemon ache nai nei chai lagbe dorkar er ke ki korbo korte parbo pari "
    "bari basha kaj baccha doctor bhalo apni amra achi hobe",
}
