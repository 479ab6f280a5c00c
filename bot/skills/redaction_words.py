"""The words by which redaction knows a name or an address, in the languages of the people who write. Only words here.

They are for people of many spellings and keyboards, so that they are generous: what they take away in vain is a word of
a question, and what they miss may be somebody's name.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What stands before a name. Each is a regular expression without case; spaces stand for any spaces.
BEFORE_NAME = (
    r"names? (?:is|are|was|be)", r"names? ?[:=]", r"(?:i am|i'm|im) (?:called|named)", r"call me", r"named",
    r"(?:they|people|everybody|friends) call me", r"(?:kind |best )?regards",
    r"(?:my|our|his|her|the) (?:husband|wife|son|daughter|brother|sister|mother|father|mum|dad|cousin|uncle|aunt|friend|"
    r"partner|boyfriend|girlfriend|landlord|boss|manager|solicitor|lawyer|teacher|neighbour|housemate|baby|child)'?s? name",
    r"ich hei(?:ß|ss)e", r"mein name ist", r"je m['’ ]?appelle", r"mon nom est", r"me llamo", r"mi nombre es", r"se llama",
    r"me chamo", r"chamo[- ]me", r"(?:o )?meu nome é", r"mi chiamo", r"il mio nome è",
    r"m[ăa] numesc", r"m[ăa] cheam[ăa]", r"numele meu(?: este| e)?",
    r"mam na imi[eę]", r"na imi[eę](?: mam| ma)?", r"nazywam si[eę]", r"moje imi[eę](?: to)?", r"nazywa si[eę]",
    r"мене звати", r"мене звуть", r"мо[єе] ім['’ʼ`]?я", r"(?:його|її|сина|доньку|чоловіка|дружину) звати",
    r"меня зовут", r"мо[её] имя", r"(?:его|е[её]|сына|дочь|мужа|жену) зовут", r"моя фам[иі]л[иі]я", r"мо[єе] прізвище",
    r"(?:un[ëe] )?quhem", r"emri im(?: [ëe]sht[ëe])?", r"m[ëe] quajn[ëe]",
    r"benim ad[ıi]m", r"ad[ıi]m", r"ismim", r"nav[êe] min", r"(?:ez )?nav[êe] min ?e?",
    r"magaca?[ye]gu(?: waa)?", r"magacaygu(?: waa)?", r"la i(?: yiraa?hdo| yidhaahdo)", r"la ii yiraahdo",
    r"maqaan ?koo", r"jina langu(?: ni)?", r"tôi tên(?: là)?", r"tên tôi(?: là)?", r"toi ten la", r"ten toi la",
    r"ana isa?mi", r"[ei]smi", r"esme man", r"esmam", r"nam[- ]?e man", r"namam", r"mera na+a?m(?: hai)?", r"amar na+m",
    r"zama n[ou]om", r"zama num",
    r"(?:أنا |انا )?[اإأ]سمي(?: هو)?", r"[اإ]سم (?:زوجي|زوجتي|ابني|ابنتي|بنتي|أخي|اخي|أبي|امي|أمي)", r"[اإ]سمه", r"[اإ]سمها",
    r"يدعى", r"ينادونني", r"نام ?من", r"نامم", r"نام من", r"اسم ?من", r"اسمم", r"[اأ]سمش", r"نامش", r"زما نوم", r"نوم مې", r"نوم می",
    r"میرا نام", r"میرے (?:شوہر|بیٹے|بھائی) کا نام", r"ناوم", r"ناوی من", r"من ناوم",
    r"मेरा नाम", r"আমার নাম", r"ਮੇਰਾ (?:ਨਾਮ|ਨਾਂ|ਨਾਉਂ)", r"ስሜ", r"ስሜም", r"ስመይ", r"ሽመይ", r"ስም",
    r"我叫做?", r"我的?名字(?:是|叫)?", r"我姓",
)  # fmt: skip

# What stands before a name as a title, whatever the name's first letter is.
TITLES = (
    "mr",
    "mrs",
    "mister",
    "السيد",
    "السيدة",
    "آقای",
    "اقای",
    "جناب",
    "ښاغلی",
    "श्री",
    "श्रीमती",
    "জনাব",
    "ਸ੍ਰੀ",
    "አቶ",
    "ወይዘሮ",
)
# The same where a capital must follow, because they are other words too.
TITLES_OF_CAPITALS = (
    "ms", "miss", "sir", "madam", "prof", "professor", "dr", "doctor", "abu", "umm", "bint", "ibn", "haji", "sr", "sra",
    "señor", "señora", "monsieur", "madame", "mme", "herr", "frau", "pan", "pani", "пан", "пані", "господин", "госпожа",
    "zoti", "zonja", "domnul", "doamna", "ato",
)  # fmt: skip

# Given names that many people of the desk's communities have and that are no other words of their languages, for those
# who write them small or in a script without capitals. A name that is also a word (Hope, Amal, Noor, Karim) is not here.
GIVEN_NAMES = _words(
    """
    ali aly علی mohammed muhammad mohamed mohammad mohamad muhammed mahmoud mahmud mahmood ahmed ahmad ahmet hamed hamid hameed
    abdullah abdallah abdul abdulrahman abdirahman abdurahman abdulaziz abdi abdirizak abdikadir abdelkader abdulkadir
    ibrahim ismail ismael yusuf yousef youssef yousuf yosef musa omar umar osman othman usman hassan hasan hussein
    hussain husain hossein hossain khalid khaled khalil rashid rasheed tariq tarek walid waleed yasin yassin yaseen
    zakaria bilal idris mustafa mostafa mehmet murat emre mehdi reza alireza hamidreza javad farhad behzad behrouz siavash
    arash babak kourosh dariush hamza jamal kamal faisal faysal fahad saeed sayed syed ayman aymen bashir  haider
    haydar jaffar jafar nasir nasser samir sameer sulaiman suleiman sulayman imran irfan asif arif tahir zahid shahid
    najib najeeb naveed nadeem wahid zubair zaid ziad rahim rahimi rahman karimi ahmadi hosseini mohammadi noori
    fatima fatema fatma fatimah fadumo faduma aisha ayesha aysha khadija khadijah khadra zahra zaynab zainab zeinab
    maryam mariam miriam halima hamida asha  hodan ifrah nasra sahra hibo safiya sofia samira sumaya soraya
     amina aminah aminata fawzia farida farzana nadia naima nasrin nasreen parisa samaneh shabnam shirin leila layla
    laila yasmin yasmeen rania ranya rasha hanan huda  samina shazia rukhsana rabia bushra parveen nargis
    tesfaye tesfay haile mulugeta kebede abebe tewodros dawit daniel yohannes yonas filmon mehari berhane 
    tsegay kidane gebre almaz senait mekdes eyob natnael robel samuel solomon michael abraham isaac
    oleksandr olexandr oleksii olena olga olha iryna natalia nataliia nataliya tetiana kateryna oksana yulia yuliia
    viktoriia viktoria svitlana liudmyla mykola vasyl andrii andriy serhii sergiy dmytro volodymyr yurii bohdan ivan
    mykhailo anastasiia daryna
    piotr krzysztof andrzej tomasz pawel paweł michal michał marcin jakub grzegorz agnieszka katarzyna małgorzata
    malgorzata ewelina joanna magdalena zofia wojciech
    ionut ionuț andrei alexandru gheorghe mihai florin cristian adrian elena ioana mihaela gabriela dumitru vasile
    arben besnik blerim dritan ermal fatmir ilir agron valbona arjeta blerta
    jose josé juan carlos luis miguel joao joão pedro paulo carmen
    gurpreet harpreet manpreet jaspreet kuldeep baljit balwinder sukhwinder amandeep singh kaur priya rahul amit
    sunita rajesh suresh kumar lakshmi
    nguyen nguyễn ngoc     zhang wang chen
    kwame kofi ama chidi ngozi emeka oluwaseun adebayo chukwu ifeoma   john james david francis frances roman jordan robert maria mary
    sarah peter paul joseph george anna thomas elizabeth jean pierre
    محمد أحمد احمد محمود عبدالله عبدالرحمن عبدالعزيز إبراهيم ابراهيم إسماعيل اسماعيل يوسف  عثمان حسين خالد خليل طارق
    وليد ياسين مصطفى حمزة  فيصل  أيمن بشير حيدر ناصر سليمان عمران رضا علیرضا حمیدرضا جواد فرهاد بهزاد بهروز مهدی
    فاطمة فاطمه عائشة خديجة زهرا زهراء زينب زینب مريم مریم حليمة سميرة سمیرا ليلى لیلا ياسمين ثريا فریده فرزانه نسرین
    شبنم  رانيا بشرى احمدی محمدی حسینی کریمی رحیمی حسین إدريس بلال
    олександр олексій олена ольга ірина наталія наталя тетяна катерина оксана юлія вікторія світлана людмила микола василь
    андрій сергій дмитро володимир юрій богдан іван михайло анастасія дарина петро марія
    александр алексей елена ирина наталья татьяна екатерина юлия светлана николай андрей сергей дмитрий владимир юрий
    иван михаил анастасия дарья пётр петр мария ахмед мохаммед фатима
    मोहम्मद अहमद फातिमा राहुल মোহাম্মদ আহমেদ ফাতেমা ਗੁਰਪ੍ਰੀਤ ਹਰਪ੍ਰੀਤ ਸਿੰਘ ਕੌਰ መሐመድ አህመድ ዳዊት ዮሐንስ ተስፋዬ ኃይሌ አበበ
    """
)

# A name ends at these words: they go on with the sentence. Small letters.
AFTER_NAME = _words(
    """
    and i im my we he she they it is am are was the a an in on at from of for to not no with please can could need want
    have has do does live this that but so because who what where when how if back or by our you your me now later
    und ich bin et je suis y soy tengo e sou și si sunt am i jestem mam a і й та я ми з мені и у в из мне из це это
    dhe unë jam ve ben û ez iyo waxaan oo aan anigoo và tôi
    لا ما لم وانا وأنا انا أنا و من في عندي اريد أريد هل است هست هستم دارم می و از که را ده دی یم زه او ہے ہوں اور میں
    है और मैं हूँ से হয় এবং আমি ਹੈ ਅਤੇ ਮੈਂ ነው እና እኔ እዩ ኣነ
    """
)

# What ends the name of a street and is hardly another word.
STREETS = "street|road|rd|avenue|ave|lane|crescent|terrace|grove|gardens|close|court|mews"
# What ends it too, if the name before it has capitals.
STREETS_OF_CAPITALS = f"{STREETS}|st|ln|drive|square|parade|hill|way|walk|row|place|house|towers?|estate|lodge"
# Of these, what tells of a street without any number.
SURE_STREETS = "street|road|avenue|lane|crescent|terrace|grove"
# What stands before a street's name in other languages.
STREET_BEFORE = (
    r"ul\.?|ulica|ulicy|al\.|вул\.?|вулиця|вулиці|ул\.?|улица|улице|просп\.?|str\.|strada|rue|calle|rua|rruga|شارع|خیابان|کوچه|"
    r"سړک|سڑک|گلی|đường|duong"
)
# What stands before the number of a home.
HOME_BEFORE = (
    r"flat|apartment|apt|room|unit|house|house number|door|block|caravan|mieszkanie|m\.|кв\.?|квартира|квартирі|будинок|буд\.?|дом|"
    r"д\.|apartament|ap\.|bl\.|daire|شقة|غرفة|بيت|منزل|عمارة|خانه|پلاک|واحد|اتاق|کمرہ|مکان|فلیٹ|房|室|guri|qolka|banesa"
)
BEFORE_ADDRESS = (
    r"address|postcode|адреса?|adres(?: to)?|adresa mea|adresse|direcci[óo]n|عنواني|العنوان|آدرس ?من|آدرسم|میرا پتہ|मेरा पता|আমার ঠিকানা|"
    r"ਮੇਰਾ ਪਤਾ|cinwaankaygu|adresim|adresa ime|我的地址|我住在"
)

# Short forms that are written large and name no person.
ACRONYMS = _words(
    """
    uk eu us usa uae nhs gp gps esol ielts brp nrpf asap dvla dvsa dwp hmrc pip esa jsa uc ni nino mot pcr tv sim id ids cv
    pdf sms atm bbc ba ma msc bsc phd gcse gcses btec nvq hnd cscs sia dbs crb hgv lgv psv ptsd hiv aids adhd std sti ivf
    a&e ae er cbt copd covid eta evisa vat paye ltd utr cis hmo llr ilr dlr rlr eea euss asf crmc cab bid fgm gov ok sos
    ukvi ho oisc iaa unhcr iom ngo ukraine hpo lc os hc nass ucas ects naric enic uan cas gwf pin faq dna mri ct gum
    led wifi usb gb mb pc app qr gdpr
    """
)

# Peoples and faiths, which are subjects of questions. Countries, languages, months and days come from Babel.
PEOPLES = _words(
    """
    syrian syrians afghan afghans iraqi iraqis iranian iranians kurd kurds kurdish eritrean eritreans ethiopian ethiopians
    somali somalis somalian sudanese ukrainian ukrainians russian russians polish pole poles romanian romanians roma
    albanian albanians kosovan pakistani pakistanis indian indians bangladeshi bangladeshis bengali bengalis nigerian
    nigerians ghanaian congolese cameroonian gambian zimbabwean kenyan ugandan vietnamese chinese hongkonger tamil
    sinhalese turkish turk turks yemeni libyan egyptian moroccan algerian tunisian palestinian palestinians lebanese
    jordanian british english scottish welsh irish european african asian arab arabs hazara tajik uzbek pashtun
    european latvian lithuanian bulgarian portuguese spanish french german italian greek hungarian czech slovak american
    colombian venezuelan brazilian salvadoran dari farsi sorani kurmanji tigrinya amharic pashto punjabi urdu
    muslim muslims islam islamic islamist christian christians christianity orthodox catholic pentecostal sikh sikhs hindu
    hindus jewish jew jews buddhist yazidi god allah ramadan eid diwali christmas easter quran bible church mosque temple
    gurdwara polsce anglii англії англия англии inshallah salam salaam
    """
)
# Other words that people write large: offices, papers, shops, places and things of life here.
SUBJECTS = _words(
    """
    home office council job centre center jobcentre jobcenter universal credit child benefit housing personal independence
    payment migrant help red cross refugee refugees asylum seeker seekers visa passport visas passports university college
    school library police court tribunal embassy consulate brexit google facebook whatsapp telegram instagram tiktok youtube
    uber deliveroo amazon ebay netflix spotify apple android iphone samsung vodafone ee giffgaff lebara lycamobile tesco asda
    lidl aldi sainsbury sainsburys morrisons primark ikea argos boots post national express insurance railcard coach bus
    train tram england scotland wales ireland britain great kingdom united states europe european union midlands west east
    north south london manchester leeds liverpool sheffield nottingham leicester derby walsall dudley solihull sandwell
    birmingham coventry wolverhampton heathrow gatwick luton calais dover kent croydon warwick rugby nuneaton parliament
    age government minister king queen england's life citizenship british section article form doctor dentist hospital nurse
    mum dad mama papa sir hello hi dear thank thanks please good morning evening can how what where when who why is am are
    do does i my me we you the a an ok yes no
    barclays lloyds hsbc natwest santander monzo revolut halifax nationwide wise paypal western monday monzo starling
    """
)
