"""The CSV tables of the content pack: one table of files, models, columns and rules. No reading or writing here."""

from dataclasses import dataclass

from bot.content import field_rules as rules
from bot.content import models
from bot.content.field_rules import Rule
from bot.content.pack import cells
from bot.content.pack.cells import CellKind

ANSWERS = "answers"  # the name of the answers among the tables; they are YAML files and not in the list below


@dataclass(frozen=True)
class Column:
    """One column. `missing` says what to write where an empty cell is a fault; `points_to` names a table of ids.

    later: not in the first packs, so that it may be missing, and an empty cell changes no digest.
    """

    name: str
    rule: Rule = rules.anything
    kind: CellKind = cells.TEXT
    missing: str = ""
    points_to: str = ""
    later: bool = False


@dataclass(frozen=True)
class Table:
    """One CSV file. The first column is the key. Tables stand in an order in which each points only to earlier ones.

    later: not in the first packs, so that the file may be missing.
    """

    name: str
    model: type[models.Base]
    columns: tuple[Column, ...]
    later: bool = False

    @property
    def file(self) -> str:
        """The name of the file inside the pack."""
        return f"{self.name}.csv"

    @property
    def key(self) -> str:
        """The name of the column that holds the id."""
        return self.columns[0].name


ID = Column("id", rules.id_form, missing="Give each row an id that no other row of the file has.")
SERVICE = Column("service_id", points_to="services", missing="Write the id of a service of services.csv.")
STATUSES = rules.one_of("active", "inactive", "defunct", "temporarily closed")
YES_NO_CONDITIONS = (
    "children_welcome",
    "step_free",
    "interpreter",
    "walk_in",
    "by_phone",
    "online",
    "appointment_needed",
    "registration_needed",
    "referral_needed",
    "papers_asked",
)
PLACE_KINDS = ("outcode", "town", "district", "station")
THEMES = ("work", "live", "learn", "connect", "plan")

TABLES: tuple[Table, ...] = (
    Table(
        "cities",
        models.City,
        (
            Column("id", rules.topic_form, missing="Give the city an id."),
            Column("name", missing="Write the name of the city."),
        ),
    ),
    Table(
        "taxonomy_terms",
        models.TaxonomyTerm,
        (
            Column("id", rules.topic_form, missing="Give the topic an id."),
            Column("taxonomy", rules.one_of("topic"), missing="Write topic."),
            Column("position", rules.whole_number, cells.WHOLE, missing="Write its place in the menu, such as 1."),
            Column("name", missing="Write the name that people know."),
            Column("description"),
            Column("pictogram"),
        ),
    ),
    Table(
        "sources",
        models.Source,
        (
            Column("code", rules.source_code_form, missing="Give the source a code, such as A1."),
            Column("name", missing="Write the name that people know."),
            Column("url", rules.source_address),
            Column("date"),
            Column("note"),
        ),
    ),
    Table(
        "organizations",
        models.Organization,
        (
            ID,
            Column("name", missing="Write the name that people know."),
            Column("description"),
            Column("website", rules.web_address),
            Column("email", rules.email),
        ),
    ),
    Table(
        "services",
        models.Service,
        (
            ID,
            Column("organization_id", points_to="organizations", missing="Write the id of an organization."),
            Column("name", missing="Write the name that people know."),
            Column("description", missing="Say in a sentence what people get there."),
            Column("url", rules.web_address),
            Column("status", STATUSES, missing="Write active."),
            Column("alert"),
            Column("application_process"),
            Column("eligibility_description"),
            Column("minimum_age", rules.whole_number, cells.WHOLE),
            Column("maximum_age", rules.whole_number, cells.WHOLE),
            Column("source_url", rules.source_address),
            Column("source_date"),
            Column("doubts"),
            Column("review_colour", rules.one_of(*rules.COLOURS), missing="Write RED, AMBER or GREEN."),
            Column("assured_date", rules.past_day, cells.DAY),
            Column("owner", later=True),
            Column("next_review_date", rules.day, cells.DAY, later=True),
            Column("licence", later=True),
            Column("interpretation_services", later=True),
        ),
    ),
    Table(
        "locations",
        models.Location,
        (
            ID,
            Column(
                "location_type", rules.one_of("physical", "postal", "virtual"), missing="Write physical or virtual."
            ),
            Column(
                "confidential", rules.yes_or_no, cells.FLAG, missing="Write yes for a refuge or safe house, else no."
            ),
            Column("name"),
            Column("address_1"),
            Column("city"),
            Column("postal_code", rules.postcode),
            Column("latitude", rules.latitude, cells.DEGREES),
            Column("longitude", rules.longitude, cells.DEGREES),
            Column("transportation", later=True),
        ),
    ),
    Table(
        "services_at_location",
        models.ServiceAtLocation,
        (
            ID,
            SERVICE,
            Column("location_id", points_to="locations", missing="Write the id of a location."),
        ),
    ),
    Table(
        "schedules",
        models.Schedule,
        (
            ID,
            SERVICE,
            Column("valid_from", rules.day, cells.DAY),
            Column("valid_to", rules.day, cells.DAY),
            Column("freq", rules.one_of("WEEKLY", "MONTHLY")),
            Column("byday", rules.weekdays),
            Column("opens_at", rules.clock_time),
            Column("closes_at", rules.clock_time),
            Column("description"),
            Column("dtstart", rules.day, cells.DAY, later=True),
            Column("interval", rules.whole_number, cells.WHOLE, later=True),
            Column("bymonthday", rules.month_days, later=True),
            Column("opening_hours", rules.opening_hours, later=True),
            Column("call_first", rules.yes_or_no, cells.FLAG, later=True),
            Column("doubtful", rules.yes_or_no, cells.FLAG, later=True),
        ),
    ),
    Table(
        "phones",
        models.Phone,
        (
            ID,
            SERVICE,
            Column("number", rules.phone, missing="Write one telephone number."),
            Column("free", rules.yes_or_no, cells.FLAG),
            Column("description"),
        ),
    ),
    Table(
        "contacts",
        models.Contact,
        (
            ID,
            SERVICE,
            Column("name"),
            Column("email", rules.email, missing="Write one e-mail address."),
        ),
    ),
    Table(
        "languages",
        models.Language,
        (
            ID,
            SERVICE,
            Column("name"),
            Column("code", rules.language_code),
            Column("note"),
        ),
    ),
    Table(
        "cost_options",
        models.CostOption,
        (
            ID,
            SERVICE,
            Column("amount", rules.amount),
            Column("currency", rules.currency),
            Column("amount_description", missing="Say what it costs, such as Free."),
        ),
    ),
    Table(
        "accessibility",
        models.Accessibility,
        (
            ID,
            SERVICE,
            Column("description", missing="Say how disabled people can use the service."),
        ),
    ),
    Table(
        "service_areas",
        models.ServiceArea,
        (
            ID,
            SERVICE,
            Column("area", missing="Write the id of a city, west_midlands or national."),
        ),
    ),
    Table(
        "attributes",
        models.Attribute,
        (
            ID,
            SERVICE,
            Column("taxonomy_term_id", points_to="taxonomy_terms", missing="Write the id of a topic."),
        ),
    ),
    Table(
        "city_contacts",
        models.CityContact,
        (
            ID,
            Column("area", missing="Write the id of a city, or national."),
            SERVICE,
        ),
    ),
    Table(
        "conditions",
        models.Condition,
        (
            ID,
            SERVICE,
            Column("audience", rules.audiences),
            Column("gender", rules.one_of("women", "men")),
            *(Column(name, rules.yes_or_no, cells.FLAG) for name in YES_NO_CONDITIONS),
        ),
        later=True,
    ),
    Table(
        "required_documents",
        models.RequiredDocument,
        (ID, SERVICE, Column("document", missing="Name one paper to bring.")),
        later=True,
    ),
    Table(
        "notices",
        models.Notice,
        (
            ID,
            SERVICE,
            Column("kind", rules.one_of("closed", "message"), missing="Write closed or message."),
            Column("valid_from", rules.day, cells.DAY),
            Column("valid_to", rules.day, cells.DAY, missing="Write its last day, so that it goes away by itself."),
            Column("text", missing="Say in a sentence what people must know."),
        ),
        later=True,
    ),
    Table(
        "gazetteer",
        models.GazetteerPlace,
        (
            ID,
            Column("kind", rules.one_of(*PLACE_KINDS), missing="Write town."),
            Column("name", missing="Write the name that people know."),
            Column("other_names"),
            Column("latitude", rules.latitude, cells.DEGREES, missing="Write degrees north."),
            Column("longitude", rules.longitude, cells.DEGREES, missing="Write degrees east."),
            Column("source", missing="Say where the position comes from."),
            Column("licence", missing="Name the licence of the source."),
        ),
        later=True,
    ),
    Table(
        "practices",
        models.Practice,
        (
            ID,
            Column("city", missing="Write the name of the city."),
            Column("country", missing="Write the name of the country."),
            Column("theme", rules.one_of(*THEMES), missing="Write the theme, such as live."),
            Column("title", missing="Give it a short name."),
            Column("what", missing="Say in a sentence or two what it is."),
            Column("evidence"),
            Column("source", missing="Say where this is written."),
            Column("source_url", rules.web_address),
            Column("year", rules.year),
            Column("contact"),
        ),
        later=True,
    ),
)
TABLE_BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}
# An empty cell of these changes no digest, so that what was compared before they were there still compares equal.
LATER_COLUMNS = frozenset(column.name for table in TABLES for column in table.columns if column.later)
