"""The words that report speech and thought: data, by the construction they take.

Lemmas as the model gives them, for verbs and nouns. What belongs to the `speech` profile is what was said or
written; thoughts, plans and attitudes are added by the `attribution` profile. Compiled for Glossator.
"""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Gives the words of a text block as a set."""
    return frozenset(text.split())


# Verbs of saying and writing that take a clause, or stand beside a quotation.
SAYING = words("""
    say tell add state note announce claim argue explain warn report insist acknowledge admit assert maintain
    declare contend reply respond reveal confirm deny concede recall stress emphasize emphasise observe remark
    comment mention point write tweet retweet post testify allege predict conclude complain caution boast joke
    quip recount reiterate repeat remind inform advise notify assure suggest estimate disclose elaborate
    exclaim proclaim pronounce profess swear vow pledge promise threaten agree counter retort shout yell
    scream whisper mutter murmur lament muse opine hint imply speculate theorize theorise hypothesize brag gloat gush
    affirm attest certify clarify confess confide continue divulge email e-mail text blog cable interject
    intone preach protest rant rave rejoin relate signal specify spell stipulate surmise tout underline underscore
    urge volunteer ask inquire enquire wonder query plead beg implore demand order instruct recommend propose
    rule decree charge forecast project indicate assess quote cite sing chant cry call describe label dub
    term denounce condemn decry blast slam criticize criticise praise hail dismiss accuse blame laud mock
    begin finish conclude chime offer read go sum summarize summarise deadpan fume snap sneer tease thunder
    vent warble wail weigh crow bellow bark growl grumble grouse gripe moan rail scoff chide scold chastise
    rebuke challenge fire correct answer interrupt apologize apologise""")

# Of these, the ones that make a statement of a following clause.
STATEMENT = SAYING - words("""
    begin finish go sum spell fire quote cite call describe label dub term denounce condemn decry blast slam criticize
    criticise praise hail accuse blame laud mock read weigh rail offer chide scold chastise rebuke sing chant
    challenge tout continue interrupt call""")

# Verbs so plain that a quotation may lean on them even where the parser took them for something else.
PLAIN = words("""
    say tell add write reply note explain ask continue argue tweet announce warn state declare insist admit
    recall conclude respond quip joke remark observe exclaim testify shout""")

# A clause after these is said only when what they follow is a text: `a study found that`.
SHOWING = words("find show reveal indicate suggest estimate conclude demonstrate document detail read put")

# Of things these tell what they show, `the delay suggests that`; of people and texts, what they say.
TELLING_SIGN = words("suggest indicate reveal imply underscore underline signal hint demand confirm reflect")
# Who is told follows as an object: `told a meeting that`.
TELLING = words("tell assure warn remind inform advise notify")

# Questions: the clause is opened by whether, if or a question word.
ASKING = words("ask inquire enquire wonder query question debate discuss explain describe tell say know see")

# Saying that somebody (else) should do something: `urged Congress to act`, `called on them to leave`.
URGING = words("""
    urge ask tell call order advise warn instruct implore beg encourage request direct invite press exhort
    admonish challenge caution remind command pressure""")

# Saying that one will do something: `vowed to resign`.
IMPLORING = words("urge call implore beg exhort plead")

VOWING = words("vow pledge promise threaten offer claim swear agree propose refuse decline demand ask volunteer")
COMMITTING = VOWING - words("refuse decline ask")

# `called for retaliation`: verb and preposition whose object is what was said.
PREPOSITIONAL = {
    "call": words("for"),
    "warn": words("of against about"),
    "accuse": words("of"),
    "plead": words("for"),
    "appeal": words("for"),
    "complain": words("about of"),
}
NAMING = words("call describe label dub term characterize characterise brand denounce condemn dismiss decry")

THINKING = words("""
    think believe feel know hope fear expect understand realize realise recognize recognise consider suspect
    assume imagine doubt worry wish learn discover decide judge hear guess reckon figure
    anticipate envision conclude find show suppose presume forget remember notice sense
    dream fret regret pray agree trust deem appreciate accept
    argue demonstrate foresee intend reason rule pretend""")

WANTING = words("""
    want plan hope intend expect aim decide wish prefer like love hate choose refuse decline
    promise pledge vow threaten offer claim agree propose hesitate opt resolve determine long yearn
    aspire desire demand""")

# A noun phrase after these is what is thought or said of (`attribution` only).
ATTITUDES = words("""
    criticize criticise praise support oppose reject endorse announce propose demand condemn denounce
    blast slam attack question discuss mention cite note acknowledge confirm predict suggest recommend
    favor favour welcome dismiss defend emphasize emphasise stress highlight dispute admit promote
    advocate doubt fear anticipate back tout detail outline reiterate explain express voice admire
    request estimate recall protest applaud bemoan lament decry ridicule mock disclose report document
    indicate echo invoke lambast lambaste assail rip laud hail congratulate salute trash pan skewer
    rebuke rebuff chastise bash hammer pillory repeat recount trumpet champion embrace shun disavow
    repudiate refute rebut deplore commend extol cheer celebrate downplay minimize exaggerate underscore
    underline foresee forecast pitch unveil float broach vilify demonize offer reference approve view
    recognize resent detest loathe trust mourn regret""")

ABOUT = {
    "call": words("for"),
    "talk": words("about of"),
    "speak": words("about of against"),
    "point": words("to out"),
    "refer": words("to"),
    "warn": words("of against about"),
    "complain": words("about of"),
    "push": words("for"),
    "accuse": words("of"),
    "blame": words("for"),
    "worry": words("about"),
    "agree": words("with on to"),
    "disagree": words("with"),
    "argue": words("for against"),
    "advocate": words("for"),
    "object": words("to"),
    "allude": words("to"),
    "insist": words("on"),
    "think": words("of about"),
    "care": words("about"),
    "boast": words("of about"),
    "joke": words("about"),
    "comment": words("on about"),
    "apologize": words("for"),
    "rail": words("against"),
    "hope": words("for"),
    "dream": words("of"),
    "focus": words("on"),
    "respond": words("to with"),
    "react": words("to"),
    "appeal": words("for"),
    "lobby": words("for against"),
    "campaign": words("for against"),
    "wonder": words("about"),
    "know": words("about of"),
    "hear": words("about of"),
    "learn": words("about of"),
    "touch": words("on upon"),
    "elaborate": words("on"),
    "dwell": words("on"),
    "weigh": words("on"),
    "expound": words("on"),
    "reflect": words("on"),
    "opine": words("on about"),
    "testify": words("about against"),
    "write": words("about of"),
    "report": words("on"),
    "ask": words("about for"),
    "inquire": words("about"),
    "brag": words("about"),
    "hint": words("at"),
    "scoff": words("at"),
    "balk": words("at"),
    "marvel": words("at"),
    "sneer": words("at"),
    "bristle": words("at"),
    "laugh": words("at"),
    "long": words("for"),
    "yearn": words("for"),
    "clamor": words("for"),
    "press": words("for"),
    "opt": words("for"),
    "petition": words("for"),
    "protest": words("against over"),
    "side": words("with"),
    "believe": words("in"),
    "disapprove": words("of"),
    "approve": words("of"),
    "decide": words("on against"),
    "plan": words("on for"),
    "count": words("on"),
    "subscribe": words("to"),
    "consent": words("to"),
    "remind": words("of"),
    "assure": words("of"),
    "inform": words("of about"),
    "convince": words("of"),
    "fret": words("about over"),
    "gripe": words("about"),
    "rave": words("about"),
    "tweet": words("about"),
    "lecture": words("on about"),
    "preach": words("about"),
    "despair": words("of over"),
    "rejoice": words("over at"),
    "muse": words("about on"),
    "speculate": words("about on"),
    "crow": words("about"),
    "gush": words("about over"),
    "vent": words("about"),
    "sympathize": words("with"),
    "quarrel": words("with"),
    "concur": words("with in"),
    "cheer": words("for"),
}

# `his claim that`, `a statement saying`
STATING_NOUNS = words("""
    claim statement allegation assertion argument announcement report suggestion warning promise pledge vow
    accusation admission comment remark contention declaration denial insistence observation prediction
    proposal recommendation testimony charge complaint conclusion confession reminder threat message
    acknowledgment acknowledgement concession assurance estimate forecast revelation disclosure demand""")
THINKING_NOUNS = words("""
    belief view idea notion hope fear concern opinion expectation feeling thought worry conviction
    suspicion impression assumption perception doubt finding theory hypothesis understanding sense
    realization criticism evidence sign indication indicator proof confidence position principle premise
    speculation rumor rumour""")
PLANNING_NOUNS = words("""
    promise pledge vow proposal intention hope desire decision commitment offer refusal
    demand wish""")

# `his criticism of the plan`
OPINION_NOUNS = words("""
    support criticism opposition endorsement description praise attack
    comment discussion condemnation denial question opinion
    rejection disdain contempt admiration love hatred
    skepticism scepticism disapproval objection
    advocacy defense defence""")
LEADING_NOUNS = words("of for about on to against over toward towards")

# `is expected to`, `was seen as`: what is held by somebody the sentence may not name.
HELD = words("""
    expect believe say consider see view know call name describe regard deem accuse criticize think report
    rumor allege estimate declare label dub charge perceive understand hail
    portray denounce condemn praise blame predict quote nominate endorse convict identify remember
""")
SEEMING = words("seem appear")
HEARSAY = words("reportedly allegedly supposedly purportedly")

# `is confident that`
STATES = words("""
    confident sure certain convinced aware afraid worried concerned hopeful optimistic adamant clear glad
    happy proud sorry unsure uncertain doubtful skeptical sceptical fearful positive insistent disappointed
    surprised satisfied mindful pleased grateful angry upset determined""")

# Texts that speak: `the report says`, `a study found`.
DOCUMENTS = words("""
    report study survey poll analysis review research audit document memo memorandum letter email e-mail
    record filing lawsuit suit complaint affidavit indictment statement release paper article story book
    transcript data figure number statistic result finding estimate investigation probe inquiry assessment
    test census message tweet post note newspaper order ruling decision policy rule law bill constitution
    notice website site page column editorial op-ed headline petition resolution ad advertisement
    announcement warrant dossier essay blog manifesto platform sign caption video recording summary
    communique communiqué bulletin declaration agreement contract guideline directive motion brief
    index model calculation chart graph map log minute""")

# What one does with a text that speaks for one.
ISSUING = words("issue release put publish write send post make tweet sign give deliver circulate share read leave")

RESEARCHERS = words("""
    researcher scientist author economist auditor investigator inspector analyst academic expert team
    general commissioner ombudsman judge court jury coroner committee commission panel tribunal auditor agency
    astronomer biologist engineer epidemiologist geologist psychologist statistician watchdog""")

# Bodies that may be meant by `the group` and the like.
BODIES = words("""
    group company organization organisation agency department ministry party campaign union university
    college school newspaper magazine network firm bank service team committee commission council court
    office bureau association federation foundation institute government administration board church
    club corporation retailer airline manufacturer maker giant startup think-tank charity nonprofit
    broadcaster publisher outlet website site publication station coalition militia army regime fund center centre
    authority city province state country league hospital society operator developer carrier police alliance force
    tribunal panel opposition cabinet crown producer provider supplier utility brewer builder chain grocer insurer
    lender exchange regulator watchdog municipality town district region detachment store mall clinic""")

# `the company` is whichever body spoke last; `the government` is not.
TAKEN_UP = words("""
    group company organization organisation agency firm newspaper magazine network bank association federation
    foundation institute corporation retailer airline manufacturer maker giant startup charity nonprofit
    broadcaster publisher outlet website site publication station coalition carrier operator developer
    alliance producer provider supplier utility brewer builder chain grocer insurer lender regulator""")

PEOPLE_NOUNS = words("""
    person people man woman official source aide adviser advisor spokesman spokeswoman spokesperson
    expert analyst critic supporter observer witness resident neighbor neighbour employee worker
    insider lawyer attorney prosecutor diplomat lawmaker senator congressman congresswoman doctor
    scientist researcher professor teacher student author writer journalist reporter editor commentator
    historian economist investor executive manager director chairman chairwoman chief president minister
    secretary mayor governor judge candidate nominee leader member veteran officer commander general
    voter strategist pollster activist advocate organizer opponent ally friend colleague relative
    mother father son daughter brother sister wife husband boy girl victim suspect defendant plaintiff
    customer passenger driver user staffer operative coach player founder owner representative ambassador
    deputy sheriff detective investigator pastor priest bishop monk imam king queen prince princess premier
    captain chief grandmother grandfather uncle aunt cousin neighbours physician nurse paramedic surgeon engineer
    farmer rancher fisherman biologist psychologist counsellor councillor mp evacuee tenant landlord commuter shopper
    trustee principal pensioner retiree parent teenager survivor critic counterpart commissioner ombudsman advocate
    dean chancellor librarian archivist curator artist singer actor skater goalie goaltender forward defenceman
    winger pitcher quarterback sprinter swimmer trainer manager owner operator caretaker firefighter officer
    constable trooper soldier captain sailor pilot trucker miner elder organizer volunteer resident homeowner
    native newcomer refugee immigrant entrepreneur restaurateur broker realtor consultant founder""")

# Before a name they say that it is a person's.
RANKS = words("""
    mr mrs ms miss dr prof sir dame rev mme const cst coun cllr insp supt cpl sgt det ald hon pte maj cmdr capt col gen
    lt staff constable corporal sergeant inspector superintendent councillor premier detective captain colonel major""")

# Last words of bodies' names.
CORPORATE = BODIES | words("""
    inc ltd corp co llc plc force alliance council coalition society services service police commission ministry
    tribunal parliament senate congress league press news times post star centre center canada international""")

# First words of bodies named after what they are for: `Hockey Québec`, `Health Canada`.
FIELDS = words("""
    hockey skate athletics basketball soccer football rugby swimming cycling curling ski health environment parks
    transport statistics elections tourism fisheries employment immigration""")


def named_body(name: str) -> bool:
    """A name whose last word is a body's: `Harbour Council`."""
    return bool(name) and name.split()[-1].lower().strip(".") in CORPORATE


# Never the one an article was speaking of by name a line before, without words that say so.
OTHERS = words("""
    victim suspect judge lawyer attorney prosecutor witness officer official source spokesman spokeswoman spokesperson
    accused defendant plaintiff neighbour neighbor friend colleague reporter journalist interviewer other driver
    passenger relative mother father son daughter brother sister wife husband aide adviser advisor customer caller""")
# Somebody who holds one of these is not called by another.
OFFICES = words("""
    minister mayor premier president chief senator congressman congresswoman governor secretary ambassador king queen
    commissioner councillor leader chairman chairwoman chancellor judge sheriff bishop director coach professor
    doctor general auditor analyst economist spokesman prosecutor sergeant constable""")

# After these a quoted Title Case is the name of a work.
WORKS = words("""
    book novel film movie song album article essay poem play show series episode documentary memoir report
    paper column magazine newspaper headline painting exhibition game track single hit sitcom drama
    musical opera podcast speech lecture course program programme bestseller biography author write
    star director editor host video project campaign slogan hashtag banner""")

# Words in quotation marks after these are a name, not a statement.
CALLED = words("call name title entitle nickname dub know title style coin so-called aka alias term phrase word")

# What a text was passed on by.
OUTLET_WORDS = words("""
    news times post journal herald press tribune daily radio tv television magazine gazette telegraph
    guardian observer reuters afp ap bbc cnn nbc cbs abc pbs npr fox msnbc cbc ctv bloomberg politico
    agency newspaper broadcaster network website blog weekly sun star globe mail independent mirror
    chronicle examiner inquirer review today wire media broadcasting newswire monitor standard
    associated""")
PASSING_ON = words("""
    translate reprint republish quote cite publish report relay carry reproduce repost spot obtain leak
    transcribe broadcast air review see""")
