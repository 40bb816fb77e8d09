"""Asks a reconciliation service, as OpenRefine does. Source: W3C Reconciliation Service API, version 0.2.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
Only names leave the machine, and only when an editor gave the service's address.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

from builder.model.archive import EntityRecord
from builder.problems import Problem, Problems
from builder.reconcile.candidate import Candidate

BATCH = 10  # queries a request, as OpenRefine sends them
LIMIT = 3  # candidates a name
TIMEOUT = 30.0  # seconds
LARGEST = 5_000_000  # bytes of an answer
# Part of the identifier space -> the scheme's name in entities.yaml; else the space's host.
SCHEMES = {
    "wikidata.org": "wikidata", "viaf.org": "viaf", "d-nb.info": "gnd", "geonames.org": "geonames",
    "isni.org": "isni", "id.loc.gov": "lcnaf", "orcid.org": "orcid", "ror.org": "ror",
}  # fmt: skip


def candidates(url: str, wanted: Sequence[EntityRecord]) -> Iterator[tuple[str, Candidate]]:
    """Yields the id of a record and what the service offers for its name; raises Problems where it fails."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise Problems([Problem(url, "is no address of a service", "It begins with https:// or http://.")])
    if not wanted:
        return
    manifest = _asked(url, None)
    space = str(manifest.get("identifierSpace") or url)
    scheme = next((name for part, name in SCHEMES.items() if part in space), urlsplit(space).hostname or "service")
    for first in range(0, len(wanted), BATCH):
        batch = wanted[first : first + BATCH]
        queries = {f"q{n}": {"query": record.name, "limit": LIMIT} for n, record in enumerate(batch)}
        answer = _asked(url, urlencode({"queries": json.dumps(queries)}).encode())
        for n, record in enumerate(batch):
            for found in _results(url, answer, f"q{n}"):
                yield record.id, _candidate(url, scheme, found)


def _candidate(url: str, scheme: str, found: dict[str, Any]) -> Candidate:
    types = [t.get("name") or t.get("id", "") if isinstance(t, dict) else str(t) for t in found.get("type") or ()]
    told = "; ".join(filter(None, (str(found.get("description") or ""), ", ".join(types))))
    host = urlsplit(url).hostname or url
    return Candidate(scheme, str(found["id"]), str(found.get("name", "")), host, found.get("match") is True, told)


def _results(url: str, answer: dict[str, Any], query: str) -> list[dict[str, Any]]:
    try:
        results = answer[query]["result"]
        return [r for r in results if isinstance(r, dict) and r.get("id")]
    except (KeyError, TypeError):
        raise _failed(url, "does not answer as a reconciliation service does") from None


def _asked(url: str, form: bytes | None) -> dict[str, Any]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data=form), timeout=TIMEOUT) as response:
            body = response.read(LARGEST + 1)
    except urllib.error.HTTPError as error:
        raise _failed(url, f"answers {error.code} {error.reason}") from None
    except (OSError, ValueError) as error:
        raise _failed(url, f"cannot be reached: {getattr(error, 'reason', error)}") from None
    try:
        answer = json.loads(body) if len(body) <= LARGEST else None
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise _failed(url, "does not answer as a reconciliation service does")
    return answer


def _failed(url: str, what: str) -> Problems:
    return Problems([Problem(url, what, "Is it the address of an OpenRefine reconciliation service (API 0.2)?")])
