"""Emergencies are found in messages as people write them, and harmless look-alikes are left alone.

The messages were written after the triggers; where one was missed, the triggers were widened and not the message.
"""

import time
from pathlib import Path

import pytest

from bot.content.safety_texts import SafetyGroup, SafetyTexts, SoftText, load_safety
from bot.skills.safety import SafetyWatch, Signs, fold

MESSAGES = {
    "emergency/medical": (
        "my daughter is not breathing good her lips are going blue",
        "husband fall down in kitchen and he dont open his eyes",
        "grandfather has strong pain in the left arm and chest since one hour",
        "there is so much blood coming from his leg i dont know how to stop",
        "my son ate the pills of grandma maybe ten",
        "i am pregnent 8 month and bleding a lot",
        "old man next to me on the bus just collapsed",
        "her mouth is hanging on one side and she talks strange",
        "my friend drank bleach",
        "the baby has very high fever and she is floppy",
        "he is having hert atack what i do",
        "my mother cant breath properly since the morning",
        "wifes water break and pains coming every 3 minutes",
        "he had a fit on the floor with white foam from mouth",
        "boiling water fell on my little boy",
        "grandma no answer when i talk to her she is cold and not move",
        "he eat peanut and now his throat is getting small",
        "my kid hit by a car outside",
        "woman in our hotel is giving birth in the bathroom",
        "my brother have sugar disease and he is sweating and confused",
        "too much blood after birth",
        "my husband has pain in chest like stone",
        "child swallow coin and cannot swallow water",
        "a guy got stabbed near the station",
        "he is shaking on the ground and his eyes go up",
        "my eye got bleach inside",
        "i feel like my heart will stop",
        "she took whole box of paracetamol",
        "my face one side is sleeping and i cant lift arm",
        "baby 3 weeks not waking for milk",
        "please somebody my papa stop talking and his hand fall down",
        "she drink something from the cleaning bottle",
        "i fell from roof in work cannot feel my legs",
        "lots of blood when i go toilet and i am pregnant",
        "my boy is turning blue",
        "he took his friends pills and sleeps very deep we cannot wake him",
        "hi my wife baby is coming now where to call",
        "asthma very bad no spray left",
        "grandmother falls and her hip is broken she screams",
        "he cut himself with the machine two fingers gone",
        "my wife has big pain in belly and is 7 month pregnant",
        "he is not answering and breathing very slow",
        "my child put bead in the nose and cannot breath",
        "someone in my house took many drugs and is sleeping, we can not wake up him",
        "blood is coming from his ear after he fell",
    ),
    "emergency/suicide_self_harm": (
        "i dont see any reason to be alive",
        "my friend wrote me goodbye and she took all her sleeping tablets to die",
        "thinking about suicid every night",
        "i want to sleep and never wake up again",
        "everybody will be happier when i am gone",
        "i have the rope ready",
        "if home office refuse me i will hang myself",
        "i am standing on the bridge and i want to jump",
        "my brother says he dont want to live any more",
        "i cut my arms every night",
        "cant take this life any longer",
        "want too finish my life please",
        "my roommate tried to kill hisself",
        "god please take me i dont want this life",
        "i think about dying all the time",
        "there is nothing left for me in this life",
        "i want to be dead",
        "please help my husband is talking about ending his life",
        "i wish i didnt wake up this morning",
        "my son 17 wrote that he will jump from roof",
        "i have pills in my hand and i want to swallow them all",
        "life has no sense any more i am finished",
        "nobody will cry if i die",
        "i hurt myself with a blade",
        "i will set fire to myself in front of home office",
        "i m not wanting to live",
        "my mind say jump in front of train",
        "better to die than go back",
        "i am planning my death",
        "she try suicide last night",
        "i dont want be in this world",
        "my husband left note and said sorry for all",
        "i keep thinking how to kill me",
        "whats the point i am better dead",
        "i have knife at my wrist",
        "she stops to eat because she wants to die",
        "nothing matters i will end everything tonight",
        "my friend from hostel says he will hang",
        "i feel so empty i dont want to live",
        "i tried to die last week and will do again",
        "i am done with this life",
        "i want kill my self",
        "my daughter cuts her arms with blade",
        "nobody need me i should die",
        "tonight i will jump",
    ),
    "emergency/gas_fire": (
        "there is strong smell of gas in the kitchen",
        "my neighbours flat is burning",
        "the cooker caught fire",
        "smoke is coming from under the door of next room",
        "we all have headache and vomit when the heater is on",
        "carbon monoxide alarm is beeping",
        "smells like burning plastic from the plug",
        "gas is leaking from the pipe behind oven",
        "help fire in the hotel second floor",
        "sparks come out from the socket",
        "i smell gaz very strong in my room",
        "curtain is on fire",
        "my e bike battery explode and burn in the hall",
        "we cannot get out there are flames on the stairs",
        "house full of smoke",
        "gas smell at home what to do",
        "my kitchen burn now",
        "there is fire",
        "the oven is smoking a lot and alarm ring",
        "dizzy and headach since we use the coal inside",
        "boiler makes strange noise and smell of gas",
        "the flat below us is on fire",
        "bed catch fire from candle",
        "wires in the wall are smoking",
        "the whole family feel sick and sleepy near gas heater",
        "can smell smoke in the corridor",
        "someone put fire in the bin next to our building",
        "we hear a gas hissing from cooker",
        "flames come from the toaster",
        "fire fire help",
        "strong gas smell on the stairs",
        "my pan is in flames",
        "fire in my building",
        "co alarm rings and head is spinning",
        "burning smell from the electric box",
        "room is full with smoke i cannot see",
        "next house has fire",
        "charcoal heater in room we feel dizzy",
        "my sofa is burning",
        "can u smell gas i think its leaking",
        "i think gas is coming out in my flat",
        "fire started in kitchen",
        "neighbor house fire",
        "our heater make us dizzy",
        "there is smoke in hotel",
    ),
    "emergency/sexual_violence": (
        "a man raped me last night after the party",
        "the landlord wants sex or he throws me out",
        "my uncle touch me in the private place",
        "he put his hand under my dress and didnt stop",
        "i was sleeping and he did sex with me",
        "my friend was raep in the park",
        "he forced himself on me",
        "someone in hostel comes in my bed in the night",
        "they gave me something in my drink and i woke up without clothes",
        "my boss says sleep with him or no job",
        "the guard touched my daughter breasts",
        "i was sexualy asaulted at work",
        "my husband makes me have sex when i say no",
        "soldiers violated me on the way and i cannot forget it",
        "man in the house watches me in shower and tries to kiss me by force",
        "he pull my clothes and force me",
        "a taxi driver touched me",
        "my cousin abuse me sexually since i was small",
        "i dont want but my husband force me in bed every night",
        "man offered me room if i sleep with him",
        "i got raped on the way to europe and have pain",
        "my flatmate shows me his penis",
        "someone touched my son in his private parts",
        "i said no but he continued",
        "my friend thinks her drink was spiked and she was assaulted",
        "boss put hand on my leg and kiss me",
        "he makes me do dirty things",
        "two men took me to car and they did bad thing to me",
        "i am pregnant from rape",
        "he recorded me naked without asking",
        "he raped my sister",
        "they touched me down there",
        "someone forced me to take off my clothes",
        "a man in the camp did it to me many times i never told",
        "my teacher kisses me",
        "my boss touches me at work every day",
        "was drunk and woke up next to him with pain i think he used me",
        "i dont want sex but my partner doesnt stop",
        "uncle comes in my room at night",
        "landlord says i can pay with my body",
        "a guy forced me to have sex",
        "somebody touched my daughter in the toilet",
        "i was assaulted sexually by my boss",
        "my husband rapes me",
        "three men took me and did sex by force",
    ),
    "emergency/domestic_abuse": (
        "my husband beat me yesterday again",
        "wife throws plates at me and punch me",
        "my partner check my phone and dont let me go outside",
        "he said he will kill me if i leave",
        "my mother in law keeps me in the house and takes my wages",
        "i am hiding in the bathroom he is very angry",
        "my sister is beaten by her husband",
        "boyfriend strangled me",
        "he tells me he will call immigration and cancel my visa",
        "i am so scared to go home tonight",
        "my ex is waiting outside my house again",
        "i ran away from my husband with my kids",
        "my brother slaps me and calls me names every day",
        "she hits me and nobody believes because i am man",
        "my dad hits my mum i can hear it now",
        "he grabbed my neck",
        "my wife hits me with shoes",
        "i live with violent man",
        "my husband take my salary every month and give me nothing",
        "he threaten to take my children to pakistan if i leave him",
        "my boyfriend pushed me down the stairs",
        "im afraid of my husband when he drinks",
        "he doesnt allow me to learn english or see friends",
        "she is abused by her husband and his mother",
        "my ex follow me everywhere",
        "he broke my phone so i cant call anyone",
        "neighbour is screaming he is beating her again",
        "my son hits me and asks money",
        "he burn me with cigarette",
        "my husband says nobody will believe me because i have no visa",
        "my man beats me up",
        "he will find me and kill me",
        "husband locked me in the room and went to work",
        "my wife scratches and bites me",
        "i cannot talk he is in the next room",
        "my boyfriend is very jealous he reads my messages and hit me",
        "my sisters husband broke her nose",
        "he takes all my money and says i am nothing",
        "i left him but he comes to my door every night",
        "my family beats me since i am back",
        "my husband hurts me",
        "she controls everything and hits me with phone",
        "he is violent when drunk and i have two kids",
        "my brother in law beats me",
        "he says he will kill the children",
    ),
    "emergency/child_danger": (
        "i am 15 years old and i am alone in uk",
        "my father hits me with belt",
        "the neighbours leave their small children alone all night",
        "home office say i am 23 but i am 16",
        "my stepdad beats my little brother",
        "my son is missing since yesterday",
        "i am a child and they put me in hotel with adult men",
        "the teacher hit my kid",
        "i hear the baby next door crying for hours nobody there",
        "my mum left us three days ago and there is no one to look after us",
        "a gang make my 14 year old boy carry drugs",
        "my dad drunk every night and he hurts us",
        "they dont believe that i am seventeen",
        "girl in my class has bruises from her mother",
        "i cant find my little girl in the shopping centre",
        "im 16 and sleep in street",
        "my mother hits my small sister with stick",
        "my little cousin is locked in room without food",
        "home office wrote wrong age they say adult i am 17",
        "my kid didnt come home from school",
        "the babysitter shakes my baby",
        "a man online asks my 12 year old for photos",
        "i am thirteen and scared of my uncle",
        "children next door are always alone and hungry",
        "my daughter ran away from home",
        "i came alone i am 14",
        "foster father hits me",
        "someone took my child",
        "my husband beats the kids",
        "we are two children alone in the flat",
        "my dad burned me with cigaret",
        "im 15 nobody looks after me",
        "they put me with men of 30 i am only 16",
        "my neighbour shouts and hits his kids i hear them cry",
        "a woman took my baby from me",
        "my nephew is 9 and he is left by himself at night",
        "i am scared to go home my mum will beat me",
        "some older boys give my son drugs to sell",
        "an old man sends messages to my daughter",
        "social worker say i lie about my age i am 17",
        "i am alone in england i am 15 years",
        "my uncle hits me every day",
        "baby is alone in the flat next door",
        "i am 16 they put me with adults",
        "my friend is 12 and her father hurts her",
    ),
    "emergency/forced_marriage_fgm": (
        "my parents want me to marry a man i never met",
        "they are taking me to pakistan for wedding i dont want",
        "grandmother wants to cut my daughter",
        "my family is forcing my sister to get married with cousin",
        "they bought one way ticket to somalia and took my passport",
        "my brothers found out about my boyfriend and they will kill me",
        "i am 16 and my father already promised me to his friend",
        "fgm is planned for my niece this summer",
        "they say i brought shame to the family and i must be punished",
        "my friend will be taken to bangladesh to marry next week",
        "i cannot say no to this marrige",
        "uncle said they will circumcise the girls in gambia",
        "my family will kill me because i am gay",
        "they make me engaged with old man",
        "at the airport with my parents they force me to go for a wedding",
        "father says i must marry my cousin in summer",
        "mum took my passport and booked tickets to pakistan for my wedding",
        "they want to circumcise my baby girl",
        "i dont want to get married but my family push me",
        "my sister 15 has to marry old man",
        "they will take my friend to sudan for cutting",
        "if i dont marry him they will disown and kill me",
        "my family locked me because i love somebody",
        "the wedding is next week and nobody asked me",
        "my in laws want fgm for my daughters",
        "i am forced for marriage help",
        "my uncle threatens me because i have boyfriend, he says honour",
        "my brother says he will kill me for the shame",
        "they are sending me back home to marry",
        "my parents found a husband for me and i am only 16",
        "i must marry with my uncles son",
        "they want me back in afghanistan to be wife",
        "my daughter will be cut in the holidays",
        "brother said if i see that boy he kills me",
        "please stop my wedding i was never asked",
        "family has ticket for me to iraq and says i will be married there",
        "my mother wants the ceremony for the girls",
        "we run away because our families kill us for love",
        "my cousin is 14 and they give her to a man",
        "i am forced in marriage",
        "my parents force me to marry",
        "father wants send me to iraq for marriage",
        "they will cut my little sister",
        "i dont want this wedding help me",
        "family will kill me if they know about my boyfriend",
    ),
    "emergency/trafficking": (
        "my boss took my passport and will not give it back",
        "i work in nail shop every day with no pay and sleep there",
        "they make me sell drugs to pay what i owe",
        "we are locked in the farm and cannot leave",
        "man brought me here for job but now i must sleep with men",
        "if i run away they said they hurt my mother back home",
        "i owe smuggler 20000 and he makes me work for free",
        "the family i clean for never lets me out of the house",
        "i am like a slave here",
        "boss beats us when we are slow",
        "they grow cannabis in the house and i have to water plants i cant go out",
        "my friend is trafiked",
        "the gangmaster keeps all our wages and our cards",
        "employer says he will call the police and deport me if i stop to work",
        "they force my brother to steal from shops",
        "they took my id and i must work in the restaurant until debt is paid",
        "i cant leave my job they say i owe 10000",
        "a woman brought me from nigeria and now i have to sleep with clients",
        "i work for family 18 hours they dont pay me and shout",
        "they make us beg in the street and take the money",
        "man holds my passport and my cards",
        "we are 10 people in a house they take us to work and lock us at night",
        "my agent says he will hurt my family if i dont pay",
        "they promised me job in care but i clean houses for no money",
        "my cousin is forced to sell drugs",
        "boss hits me if i am ill",
        "i was sold",
        "i escaped from the people who brought me here they are looking for me",
        "he keeps my bank card and my wages",
        "i have to do what they say or they tell immigration",
        "he makes me work in his shop day and night and pays nothing",
        "we cant go out the boss has the key",
        "they sold my friend to other men",
        "i work on farm they took documents",
        "my debt is bigger every month i can never stop working for them",
        "they say i must do massage with sex for clients",
        "a couple keep me as maid i sleep on kitchen floor no money",
        "i deliver packets for gang they threaten me",
        "smugglers call my mother and ask money or they hurt me",
        "i am modern slave",
        "my employer has my passport and i cannot leave",
        "they force me to work in massage",
        "i must pay back 15000 to the people who brought me",
        "we work 7 days no pay and they lock the door",
        "a man makes me to steal",
    ),
    "emergency/violence_terror": (
        "i am going to kill my flatmate",
        "my friend is making a bomb",
        "he has a knife in his room and says he will stab people",
        "i want to shoot them all",
        "i have a gun and i am so angry",
        "someone in the mosque talks about joining isis and attack",
        "i will hurt him if he talk to me again",
        "there is man with machete in the street",
        "my cousin wants to blow up a train",
        "i feel like i will stab my manager",
        "they are fighting with knifes in the hotel",
        "he showed me his gun and plan to use it at school",
        "i cannot control myself i will kill somebody",
        "i think my roommate is terrorist he watch how to make explosives",
        "a guy threatens me with a knife",
        "my flatmate wants to kill somebody",
        "i will take a knife and finish him",
        "there is a man with gun",
        "i want to burn my landlords house",
        "he said he will bomb the church",
        "i am so angry that i can kill",
        "my nephew is watching isis videos and wants to join",
        "he has weapons under his bed",
        "a boy at college said he will shoot everyone",
        "my roommate threatens to stab me",
        "two men fighting with knives outside",
        "i am afraid i hurt my wife when i am angry",
        "they plan attack on mosque",
        "he is making explosives at home",
        "i must take revenge and kill him",
        "i want to hurt the people who did this to me",
        "he carries a knife everywhere and says someone will die",
        "there will be an attack tomorrow i heard them",
        "i have bomb",
        "my brother bought gun",
        "next time i see him i stab him",
        "man with a sword outside",
        "he posts that he will kill all of them",
        "they teach my son to be jihad fighter",
        "someone is shooting",
        "i will kill my neighbour",
        "he said he is going to stab me",
        "they are making bombs in the flat",
        "man with knife in our street",
        "i want to kill people",
    ),
    "emergency/hate_attack_now": (
        "they are throwing stones at our windows",
        "group of men outside our hotel screaming go home",
        "two guys are following me since the bus stop",
        "someone try to break in my house now",
        "people kick our door and shout bad words about muslims",
        "a man pulled off my hijab and hit me just now",
        "they put fire in front of our door",
        "racist boys attack me in the park",
        "the neighbour is banging on my door with a bat",
        "mob is coming to the asylum hotel",
        "someone threw a brick through the window",
        "there is somebody in my garden trying to get in",
        "men chase us because we speak arabic",
        "they spit on my wife and push her",
        "we are scared to go out many angry people stand at the entrance",
        "they break our door",
        "people follow us and call us dirty refugees",
        "a gang is waiting outside my house",
        "man try to enter my window",
        "they threw fireworks to our hotel",
        "someone hit me in the bus because im black",
        "drunk men shouting and hitting our door",
        "they attack the mosque now",
        "he is following me in car",
        "big crowd with flags coming to our hotel they are angry",
        "neighbours dog set on us",
        "boys throw eggs and stones at my wife",
        "there is thief in my house",
        "they spit on me and kick me",
        "rioters are burning cars outside",
        "they smash the windows of our house",
        "help they are outside with sticks",
        "car full of men is chasing me",
        "boys throw bottles at us and shout",
        "my neighbour attacks me because i am african",
        "somebody is breaking the door",
        "people want to burn our hotel",
        "he spat at me and follows me now",
        "angry crowd at the mosque we cannot leave",
        "they beat my friend in the park right now",
        "people are attacking our hotel",
        "they throw stones on my car",
        "men are following my daughter",
        "racists are at my door",
        "somebody is trying to break in",
    ),
    "emergency/detention_removal": (
        "immigration took my husband this morning",
        "i am in detention near heathrow",
        "they will put me on a plane tomorrow",
        "my friend was arrested when he went to sign",
        "i got removal directions for friday",
        "i have to report on monday and i am afraid they keep me",
        "home office officers are in my house now",
        "they want to deport me to rwanda",
        "my brother is locked in immigration centre",
        "they give me paper to sign that i go back i dont understand it",
        "police arrested my dad for overstay and he will be sent back",
        "i am held in the airport and they want send me back",
        "flight is booked for me by home office next tuesday",
        "my wife was detained at reporting centre",
        "enforcement van took my cousin from work",
        "they came early and arrested my uncle immigration",
        "i am in harmondsworth",
        "they bought me ticket to go back",
        "immigration caught my friend at work",
        "tomorrow i must sign and i am scared they will detain me",
        "they took my wife to detention",
        "deportation letter came today",
        "they want send us back to albania",
        "my flight is on thursday they force me",
        "he went for reporting and didnt come back",
        "officers want to take me now",
        "my son is in immigration removal centre",
        "they hold me at gatwick airport",
        "guards took my friend to plane",
        "i got notice of removal",
        "they detained me when i was reporting",
        "police and immigration came and took my dad",
        "i am on the way to airport with guards",
        "they say i go back on sunday flight",
        "in brook house no lawyer",
        "home office knock my door now",
        "my wife is deported tomorrow",
        "will be removed this week please help",
        "i am scared to sign on tuesday they arrest people there",
        "they force me to sign for voluntary return",
        "my husband is in detention",
        "they will deport me on monday",
        "immigration is at my door",
        "i got ticket for removal",
        "they arrested me at reporting",
    ),
    "emergency/no_place_or_food_tonight": (
        "i sleep in the bus station with my son",
        "landlord threw me out today where do i go",
        "we have nothing to eat since yesterday",
        "my support stop and i have no bed tonight",
        "i am homless",
        "kids are hungry and no money",
        "they put our bags on the street",
        "friend said i cant stay on his sofa any more tonight",
        "me and my baby are outside in the cold",
        "i have not one pound left for food",
        "asylum hotel told us to go out today",
        "i slept in my car 3 nights",
        "bailiffs are here and we have to leave now",
        "no milk for my baby",
        "dont have where to sleep",
        "i have no house",
        "my uncle kicked me out",
        "we didnt eat for two days",
        "hotel put me out this morning",
        "im living in a tent",
        "no food in the house for kids",
        "i got no money at all until friday",
        "where can we sleep tonight with children",
        "evicted today",
        "i am on the street",
        "sleeping rough in coventry",
        "my card is empty and baby needs milk",
        "they stopped my asylum support and i have nowhere to go",
        "he sleeps outside the library",
        "we are starving",
        "i have to sleep in park",
        "no bed for tonight me and wife",
        "my baby no milk",
        "they close the door of hotel to us today",
        "we are outside nowhere to go",
        "cousin says leave now with my suitcases",
        "not eaten since tuesday",
        "i stay in mosque at night because no house",
        "kicked out by landlord",
        "pocket is empty and i am hungry",
        "i have no place to sleep tonight",
        "my children have no food",
        "we were thrown out from house today",
        "i am sleeping on the street",
        "i did not eat for 3 days",
    ),
    "emergency/scam_now": (
        "a man on the phone says he is from home office and i must pay now",
        "they ask my share code on whatsapp and i am not sure",
        "the caller wants my bank pin",
        "i just gave my card numbers to a stranger",
        "someone says police will arrest me if i dont buy gift cards",
        "they want me to transfer money to a safe account",
        "i clicked the link and typed my password",
        "someone is taking money from my bank account right now",
        "he has my nude photos and wants money",
        "a woman calls from hmrc she says pay fine or prison",
        "my whatsapp was hacked and they ask my friends for money",
        "message says pay 200 pounds today or visa will be cancelled",
        "he is still on the line and asks me for the code from sms",
        "they told me install anydesk so the bank can help",
        "immigration officer phone me and want bitcoin",
        "man call me says my national insurance is blocked pay now",
        "police on whatsapp wants money",
        "i sent money to fake landlord now",
        "they have my pictures and say they will send to my family",
        "someone asks for verification code",
        "i told him my pin",
        "they hacked my bank",
        "he says he is from bank and wants me to move my money",
        "immigration called and asked for payment by gift card",
        "website asked my card and now money is gone",
        "a lady on facebook wants my bank details",
        "they say i will be arrested if i dont pay tax",
        "give my share code to man on telegram",
        "i think i am being scammed right now",
        "someone phoned and said pay fine for evisa",
        "they want 500 pound in itunes cards",
        "man says he is police and asks my bank details",
        "whatsapp message from my son new number needs money",
        "i paid for flat on facebook and the man is gone",
        "they say my visa is cancelled if i dont pay in one hour",
        "gave share code to unknown person",
        "the bank man asked me to move all money",
        "hacker has my photos and asks for bitcoin",
        "someone from home office on the phone wants my passport number and money",
        "i typed my card on a fake royal mail page",
        "they want me to pay now or police come",
        "a man asks for my share code on phone",
        "i gave my bank details to scammer",
        "he wants gift cards",
        "caller says my visa will be cancelled",
    ),
}

LOOK_ALIKES = (
    "my phone died",
    "this form kills me",
    "waiting for the home office kills me",
    "dead battery in my phone",
    "where do i buy a fire door",
    "how do i use a fire extinguisher",
    "i cut my hair today",
    "how can i kill time before the interview",
    "i want to shoot a video for my friend",
    "how do i report a crime that happened last year",
    "what is forced marriage law",
    "where do i get a food bank voucher",
    "i want to rent a room",
    "how can i find a gp",
    "can the landlord evict me next month",
    "what if my asylum is refused",
    "is it safe to walk at night",
    "what do i do about a scam letter i got last week",
    "my laptop is dead",
    "i am dying to see my mother",
    "the bus driver was so rude",
    "i have a blood test tomorrow",
    "where can i give blood",
    "my heart is in my country",
    "how do i learn first aid",
    "i want to work as an ambulance driver",
    "how much does an ambulance cost",
    "i had a heart attack two years ago can i drive",
    "my tooth hurts where is a dentist",
    "i need to cut costs",
    "how do i hang pictures in a rented flat",
    "the deadline is tomorrow",
    "how do i get a death certificate",
    "my father died last year can i get his pension",
    "i want to end my tenancy",
    "how do i leave my job",
    "can i smoke in my room",
    "who fits a smoke alarm in a rented flat",
    "the gas bill is too high",
    "how do i change gas supplier",
    "my boss fired me",
    "can my employer fire me for being sick",
    "how can i stay in touch with my family",
    "what is sexual health clinic",
    "how do i change my name after marriage",
    "i want to marry my girlfriend in coventry",
    "how do i bring my wife to uk",
    "my daughter needs a school place",
    "i want to hit my target of ten job applications",
    "he beat me at chess",
    "my children fight about toys",
    "where is the nearest nursery",
    "at what age can a child stay home alone",
    "i lost my passport",
    "i lost my son's birth certificate",
    "how long can my son stay with me on my visa",
    "my boss wants to see my passport for right to work",
    "is slavery law in england strict",
    "what is the minimum wage",
    "how many hours can i work on a student visa",
    "can i carry a kitchen knife home from the shop",
    "kitchen knife shop near me",
    "how do i join a fight club gym",
    "i followed you on facebook",
    "can i follow a course online",
    "a window is broken and the landlord does not repair it",
    "when do bins get put out on my street",
    "can i visit a friend in detention",
    "what is immigration bail",
    "how do i report a change of address to home office",
    "when will my removal van arrive",
    "i take the plane to france next week for holiday",
    "i have no food allergies",
    "is there halal food in the hospital",
    "the street where i live has no parking",
    "what street is the library on",
    "how do i rent a room in a shared house",
    "how do i get a share code",
    "my employer asks for my share code",
    "what does a scam look like",
    "how do i reset my password",
    "my bank needs proof of address",
    "how do i pay my council tax",
    "the police gave me a parking fine how do i pay it",
    "i am looking for a swimming class for women",
    "how do i register my baby's birth",
    "my baby has a cold which medicine is good",
    "where can i get free nappies",
    "my wife is pregnant how do we find a midwife",
    "can i work while i wait for asylum",
    "i feel cold in my flat the boiler is broken",
    "there is mould in the bedroom",
    "my neighbours are noisy at night",
    "how do i get a tv licence",
    "my internet is dead since yesterday",
    "the traffic is killing me",
    "i killed a spider in my room",
    "how do i get rid of rats",
    "my passport expired what can i do",
    "what happens if i lose my job",
    "can my husband work on my visa",
    "my husband is looking for a job in birmingham",
    "my wife wants to learn english",
    "does my brother need a visa to visit me",
    "my landlord wants a guarantor",
    "i need a fire blanket for my kitchen where to buy",
    "how do i become a fire fighter",
    "i feel cold at night can i get help with heating bill",
    "what is the age to get married in england",
    "can we marry in wolverhampton if i wait for asylum",
    "where can i sell my old phone",
    "i want to report a pothole on my street",
    "how do i stop junk mail",
    "my son hit his friend at school what happens",
    "i lost my job last month",
    "how do i register with a dentist",
    "the doctor gave me tablets can i get them free",
    "i take many pills for diabetes are prescriptions free",
    "where do i get vaccination for my baby",
    "can i go to hospital without papers",
    "how do i appeal a refused visa",
    "what documents do i need for a reporting appointment",
    "where is the reporting centre in solihull",
    "my friend wants to visit me from pakistan",
    "can i take my children to pakistan in the summer holiday",
    "is it legal to work in a nail bar with a student visa",
    "my boss pays me less than minimum wage",
    "how many days holiday do i get at work",
    "can police stop me in the street",
    "which bus goes to the hospital",
    "i want to end my phone contract",
    "how do i stop smoking",
    "i want to join a boxing club",
    "my bike was stolen last week where do i report it",
    "how can i vote",
    "do i need a tv licence for my phone",
    "i cant wake up early for my class",
    "the website is not responding",
    "is there a women only swimming class",
    "my daughter is sick can she miss school",
    "i missed my appointment with the gp",
    "what is a safe way to send money home",
    "can i open a bank account without passport",
    "where can i eat cheap halal food",
)

WORRIED = (
    "i am so tired",
    "i am afraid of home office",
    "no hope",
    "i am alone here",
    "my head is full",
    "i cannot sleep",
)


@pytest.fixture(scope="module")
def watch():
    """The watch over the triggers of the content pack."""
    return SafetyWatch(load_safety(Path(__file__).parents[2] / "services_data" / "safety.yml"))


def watch_for(*phrases: str, language: str = "en", unless: tuple[str, ...] = (), **more) -> SafetyWatch:
    group = SafetyGroup("emergency/test", ("Call 999.",), triggers={language: phrases}, unless={language: unless})
    return SafetyWatch(SafetyTexts((group,), SoftText("Are you safe?"), **more))


@pytest.mark.parametrize("group", MESSAGES)
def test_hardly_a_message_in_danger_is_missed(watch, group):
    missed = [message for message in MESSAGES[group] if not watch.find_signs(message).emergencies]
    assert len(missed) <= len(MESSAGES[group]) // 33, missed


@pytest.mark.parametrize("group", MESSAGES)
def test_the_right_group_is_nearly_always_among_those_found(watch, group):
    others = [message for message in MESSAGES[group] if group not in watch.find_signs(message).emergencies]
    assert len(others) <= len(MESSAGES[group]) // 13, others


def test_look_alikes_and_calm_questions_get_ordinary_answers(watch):
    alarmed = {message: groups for message in LOOK_ALIKES if (groups := watch.find_signs(message).emergencies)}
    assert len(alarmed) <= 3 * len(LOOK_ALIKES) // 100, alarmed


@pytest.mark.parametrize("message", WORRIED)
def test_words_that_need_care_are_noticed_without_an_alarm(watch, message):
    assert watch.find_signs(message).worried
    assert watch.find_signs(message).emergencies == ()


def test_a_calm_message_is_neither_alarming_nor_worried(watch):
    assert not watch.find_signs("where is the library").emergencies
    assert not watch.find_signs("where is the library").worried


def messages_of(name: str) -> list[tuple[str, str]]:
    """The messages of a text file beside this one, each with the group named above it ("" before the first)."""
    found, group = [], ""
    for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("emergency/"):
            group = line
        elif line and not line.startswith("#"):
            found.append((group, line))
    return found


def test_of_hundred_harmless_messages_with_words_of_danger_at_most_three_alarm(watch):
    messages = [message for _, message in messages_of("lookalikes.txt")]
    alarmed = {message: groups for message in messages if (groups := watch.find_signs(message).emergencies)}
    assert len(messages) > 450
    assert len(alarmed) <= 3 * len(messages) // 100, alarmed


def test_what_keeps_look_alikes_quiet_hides_no_emergency(watch):
    messages = messages_of("emergencies.txt")
    assert len({group for group, _ in messages}) == 13
    assert [message for _, message in messages if not watch.find_signs(message).emergencies] == []
    others = [message for group, message in messages if group not in watch.find_signs(message).emergencies]
    assert len(others) <= len(messages) // 20, others


def test_the_most_severe_group_comes_first(watch):
    found = watch.find_signs("they ask my share code and my baby is not breathing").emergencies
    assert found[0] == "emergency/medical"
    assert "emergency/scam_now" in found


@pytest.mark.parametrize(
    "message",
    [
        "I WANT TO DIE!!!",
        "i   want\nto\tdie",
        "i wánt tö díe",
        "I want to d\u200bie",
        "\u202ei want to die\u202c",
        "ｉ ｗａｎｔ ｔｏ ｄｉｅ",
        "i 😭 want 😭 to 😭 die 😭",
        "i want want want to die",
        "i waaant to dieee",
        "want die",
        "i want 2 die",
        "I'm wanting to die",
        "want\ufeff to\u2060 die",
        "❤️ i want ❤️ to die",
        "i-want-to-die",
        "i want, to. die",
    ],
)
def test_it_does_not_matter_how_the_words_are_dressed_up(watch, message):
    assert "emergency/suicide_self_harm" in watch.find_signs(message).emergencies


@pytest.mark.parametrize(
    "message",
    ["", " ", "😀😀😀", "\u200b\u200d\u202e", "!!! ???", "123456", "\x00\x01", "\ud800", "́́́"],
)
def test_a_message_without_words_is_no_alarm(watch, message):
    assert watch.find_signs(message).emergencies == ()
    assert not watch.find_signs(message).worried


@pytest.mark.parametrize(
    "message",
    [
        "help " * 4000,
        "my husband " * 4000,
        "i want he they not no " * 1000,
        "a" * 200_000,
        "ab" * 100_000,
        "😀" * 50_000,
        "\u200b" * 100_000,
        "\u202e\u202d" * 50_000,
        "́" * 50_000,
        "they they them me not " * 3000,
        "中" * 50_000,
    ],
    ids=lambda message: ascii(message[:12]),
)
def test_hostile_messages_take_no_time(watch, message):
    began = time.perf_counter()
    watch.find_signs(message)
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize("frame", ["{} " + "word " * 4000, "word " * 4000 + "{}"])
def test_an_alarm_at_either_end_of_a_very_long_message_is_found(watch, frame):
    assert "emergency/suicide_self_harm" in watch.find_signs(frame.format("i want to die")).emergencies


def test_a_message_is_read_in_a_few_milliseconds_with_all_languages_together(watch):
    message = "i want to ask how my wife can find a job here in coventry next week please"
    taken = []
    for _ in range(50):
        began = time.perf_counter()
        watch.find_signs(message)
        taken.append(time.perf_counter() - began)
    assert (
        min(taken) < 0.003
    )  # a fifth of that on an idle machine; the best of many, because others use the machine too


def test_dots_stand_for_four_words_and_no_more():
    watch = watch_for("boss ... passport")
    assert watch.find_signs("boss one two three four passport").emergencies
    assert not watch.find_signs("boss one two three four five passport").emergencies


def test_words_without_dots_between_must_stand_together():
    assert not watch_for("boss passport").find_signs("boss has passport").emergencies


def test_optional_words_alternatives_stems_and_lists_work():
    watch = watch_for("cut my? <limb>|tail", words={"en": {"limb": ("arm*", "left leg")}})
    for message in ("cut my arms", "cut arm", "cut my left leg", "cut tail"):
        assert watch.find_signs(message).emergencies, message
    for message in ("cut my leg", "cut your arm", "arm cut"):
        assert not watch.find_signs(message).emergencies, message


def test_an_unless_phrase_covers_its_words_but_not_another_alarm():
    watch = watch_for("die|died", unless=("phone died",))
    assert not watch.find_signs("my phone died").emergencies
    assert watch.find_signs("my phone died and i want to die").emergencies


def test_skipped_words_do_not_count_and_an_alternative_of_them_is_no_wild_card():
    watch = watch_for("about|going die", skip={"en": ("going", "to", "is")})
    assert watch.find_signs("she is about to die").emergencies
    assert not watch.find_signs("people die").emergencies


def test_short_forms_are_read_as_what_they_stand_for():
    assert watch_for("not breathe", short_forms={"en": {"cant": "not"}}).find_signs("he can't breathe").emergencies


@pytest.mark.parametrize("message", ["bledding", "bleding", "bleeeding", "belonging"])
def test_one_wrong_letter_is_forgiven_in_long_words_only_if_the_word_is_not_another(message):
    watch = watch_for("bleeding", typos_in=("en",), real_words={"en": ("belonging",)})
    assert bool(watch.find_signs(message).emergencies) == (message != "belonging")


def test_typing_errors_are_not_forgiven_in_short_words_or_at_the_first_letter():
    watch = watch_for("die|knife", typos_in=("en",))
    assert watch.find_signs("a kinfe").emergencies
    assert not watch.find_signs("dye").emergencies
    assert not watch.find_signs("tnife").emergencies


@pytest.mark.parametrize(
    ("language", "phrase", "message"),
    [
        ("zh", "不 想 活", "我真的不想活了"),
        ("zh", "打 ... 我", "他每天打她和我"),
        ("th", "อยากตาย", "ฉันอยากตายแล้ว"),
        ("ja", "死 に たい", "もう死にたいです"),
        ("my", "သေချင်", "ကျွန်တော်သေချင်တယ်"),
        ("km", "ចង់ស្លាប់", "ខ្ញុំចង់ស្លាប់"),
    ],
)
def test_phrases_are_found_within_scripts_that_have_no_spaces(language, phrase, message):
    assert watch_for(phrase, language=language).find_signs(message).emergencies
    assert not watch_for(phrase, language=language).find_signs("我 คน 人 လူ មនុស្ស").emergencies


@pytest.mark.parametrize(
    ("language", "phrase", "message"),
    [
        ("ar", "اريد ان اموت", "أُرِيدُ أن أموت"),
        ("fa", "میخواهم بمیرم", "می‌خواهم بميرم"),
        ("pl", "chcę umrzeć", "Chce umrzec"),
        ("hi", "मरना चाहता", "मैं मरना चाहता हूँ"),
        ("ru", "хочу умереть", "ХОЧУ УМЕРЕТЬ"),
        ("ti", "ክመውት ይደሊ", "ክመውት ይደሊ ኣለኹ"),
        ("am", "ሀኪም አስቸኳይ", "ሐኪም ዐስቸኳይ"),
        ("ckb", "دەمەوێ بمرم", "دهمهوی بمرم"),
        ("ps", "غواړم مړ شم ګاز", "غواړم مړ شم گاز"),
        ("uk", "ґаз тече", "газ тече"),
    ],
)
def test_spelling_variants_of_other_scripts_are_the_same_word(language, phrase, message):
    assert watch_for(phrase, language=language).find_signs(message).emergencies


@pytest.mark.parametrize(
    ("language", "prefixes", "phrase", "message"),
    [
        ("ar", ("و", "ال", "وال"), "زوج* يضرب*", "والزوج يضربني"),
        ("ar", ("و", "ال"), "بيت محروق", "وبيت محروق"),
        ("am", ("የ", "በ"), "ቤት እሳት", "በቤት እሳት አለ"),
        ("ckb", ("ده",), "مرم", "دهمرم"),
    ],
)
def test_a_word_also_counts_without_its_prefix(language, prefixes, phrase, message):
    watch = watch_for(phrase, language=language, prefixes={language: prefixes})
    assert watch.find_signs(message).emergencies
    assert not watch_for(phrase, language=language).find_signs(message).emergencies


def test_a_prefix_leaves_words_alone_of_which_too_little_would_remain():
    watch = watch_for("an", language="so", prefixes={"so": ("m",)})
    assert watch.find_signs("man").emergencies
    assert not watch_for("a", language="so", prefixes={"so": ("m",)}).find_signs("ma").emergencies


def test_a_prefix_counts_in_its_own_language_only():
    texts = SafetyTexts(
        (SafetyGroup("emergency/test", ("Call 999.",), triggers={"so": ("gubtay",), "en": ("fire",)}),),
        SoftText("Are you safe?"),
        prefixes={"so": ("wa",)},
    )
    assert SafetyWatch(texts).find_signs("wagubtay").emergencies
    assert not SafetyWatch(texts).find_signs("wafire").emergencies


def test_one_look_tells_emergency_worry_and_the_language_that_tells_it():
    group = SafetyGroup("emergency/test", ("Call 999.",), triggers={"fa": ("بمیرم",), "en": ("want die",)})
    watch = SafetyWatch(SafetyTexts((group,), SoftText("Are you safe?", triggers={"en": ("so tired",)})))
    assert watch.find_signs("so tired, i want die") == Signs(("emergency/test",), True, frozenset({"en"}))
    assert watch.find_signs("so tired") == Signs((), True, frozenset())
    assert watch.find_signs("میخواهم بمیرم").are_in("fa-AF")
    assert not watch.find_signs("want die").are_in("fa-AF")
    assert watch.find_signs("where is the library") == Signs()


@pytest.fixture
def lending():
    """A watch over English, which has a look-alike of "stroke", and over Urdu, which took the word from English."""
    group = SafetyGroup(
        "emergency/test",
        ("Call 999.",),
        triggers={"en": ("stroke",), "ur": ("stroke|falij", "فالج", "stroke aaya")},
        unless={"en": ("stroke class",)},
    )
    return SafetyWatch(SafetyTexts((group,), SoftText("Are you safe?"), short_forms={"ur": {"stroke": "فالج"}}))


@pytest.mark.parametrize(
    "message", ["stroke", "abba ko stroke", "falij class", "stroke class aur falij", "ابا کو فالج"]
)
def test_a_word_lent_from_english_alarms_within_any_language(lending, message):
    assert lending.find_signs(message).emergencies


def test_a_look_alike_told_in_english_words_alone_does_not_alarm_by_way_of_another_language(lending):
    assert not lending.find_signs("stroke class").emergencies
    assert not lending.find_signs("i go to the stroke class").emergencies


def test_a_language_without_triggers_leaves_the_others_working():
    watch = watch_for("umrzeć", language="pl")
    assert watch.find_signs("umrzec please").emergencies
    assert not watch.find_signs("i want to die").emergencies


def test_folding_keeps_digits_apart_from_letters():
    assert fold("I'm 14yo, HELP!") == ["im", "14", "yo", "help"]


def test_a_word_that_is_its_own_double_is_no_stutter():
    group = SafetyGroup("emergency/test", ("Call.",), triggers={"vi": ("tu_tu|tu_sat",), "en": ("help",)})
    watch = SafetyWatch(SafetyTexts((group,), SoftText("Are you safe?")))
    assert watch.find_signs("em muốn tự tử").emergencies and not watch.find_signs("em muốn tự học").emergencies
    assert watch.find_signs("help help help").emergencies
