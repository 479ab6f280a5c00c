"""The feed tried out with made-up requests from its own description: it never fails, and answers as described."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from starlette.testclient import TestClient

from bot.channels.web.application import create_web
from bot.channels.web.open_referral.query import FILTERS, NEAR, PAGING
from bot.channels.web.open_referral.routes import BASE
from bot.content.open_referral.ids import stable_id
from tests.channels.web.stand_in_desk import StandInDesk

pytestmark = pytest.mark.slow
PATIENT = settings(
    deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck), max_examples=100
)


@pytest.fixture(scope="module")
def web(phrases, content):
    """The web channel with the project's own content."""
    return create_web(StandInDesk(), phrases, version="1.2.3", content=lambda: content)


@pytest.fixture(scope="module")
def described(web):
    """What schemathesis makes of the published description."""
    return schemathesis.openapi.from_asgi(f"{BASE}/openapi.json", web)


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@PATIENT
def test_no_request_that_the_description_allows_or_forbids_brings_a_5xx(case):
    case.call_and_validate(
        checks=[
            not_a_server_error,
            schemathesis.checks.status_code_conformance,
            schemathesis.checks.content_type_conformance,
            schemathesis.checks.response_schema_conformance,
        ],
    )


@PATIENT
@given(
    name=st.sampled_from(["services", "taxonomies", "taxonomy_terms", "service_at_locations"]),
    values=st.dictionaries(
        st.sampled_from([parameter.name for parameter in (*PAGING, *FILTERS, *NEAR)]),
        st.text(max_size=30) | st.sampled_from(["1", "MO", "true", "CV1", "09:30", stable_id("service", "nhs-111")]),
        max_size=4,
    ),
)
def test_any_text_in_any_parameter_is_answered_or_refused(web, name, values):
    answer = TestClient(web).get(f"{BASE}/{name}", params=values)
    assert answer.status_code in (200, 400)
