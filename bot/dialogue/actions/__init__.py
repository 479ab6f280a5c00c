"""The actions of the assistant, by subject. Each reads the tracker, builds replies and sets slots; none stores anything."""

from bot.dialogue.actions.answers import ActionAnswer, ActionMore, ActionNearMe
from bot.dialogue.actions.emergency import ActionEmergency, ActionNotSafe
from bot.dialogue.actions.finding import (
    ActionChoices,
    ActionFindService,
    ActionMenu,
    ActionOtherChoices,
    ActionOutOfScope,
    ActionTopic,
)
from bot.dialogue.actions.follow_ups import (
    ActionAskAudience,
    ActionAudience,
    ActionFacts,
    ActionSkipAudience,
    ActionSomeoneElse,
)
from bot.dialogue.actions.people import ActionPerson, ActionPersonalAdvice
from bot.dialogue.actions.preferences import ActionChangeCity, ActionChangeLanguage, ActionForget

ALL_ACTIONS = (
    ActionAnswer,
    ActionMore,
    ActionNearMe,
    ActionFindService,
    ActionFacts,
    ActionSomeoneElse,
    ActionAudience,
    ActionAskAudience,
    ActionSkipAudience,
    ActionEmergency,
    ActionNotSafe,
    ActionChoices,
    ActionOtherChoices,
    ActionOutOfScope,
    ActionTopic,
    ActionMenu,
    ActionPerson,
    ActionPersonalAdvice,
    ActionChangeLanguage,
    ActionChangeCity,
    ActionForget,
)
