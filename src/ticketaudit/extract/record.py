"""The record of one ticket, put together from what the readers of its parts find."""

from __future__ import annotations

from ticketaudit.extract.checklists import checked_categories, read_checklists
from ticketaudit.extract.citations import read_citations
from ticketaudit.extract.claims import read_claims
from ticketaudit.extract.code import read_code
from ticketaudit.extract.dates import read_date
from ticketaudit.extract.defects import read_defects
from ticketaudit.extract.locations import read_locations
from ticketaudit.extract.metadata import Metadata
from ticketaudit.extract.premise import judge_premise
from ticketaudit.extract.relations import read_relations
from ticketaudit.extract.resolution import read_resolution
from ticketaudit.extract.reviews import read_reviews
from ticketaudit.extract.scope import Scope
from ticketaudit.extract.sections import read_sections
from ticketaudit.extract.summary import read_summary
from ticketaudit.ticket import Ticket


def assemble(scope: Scope, metadata: Metadata) -> Ticket:
    """The ticket that a scope holds, with its metadata."""
    document = scope.document
    value = metadata.value
    status = value("status")
    ticket_id = value("id")
    checklists = read_checklists(scope)
    title, summary = value("title"), read_summary(scope)
    headline = f"{title or ''}. {summary.text if summary else ''}"
    reviews = read_reviews(scope, headline)
    claims = read_claims(scope)
    resolution = read_resolution(scope, metadata, headline)
    stamps = {found.line for found in map(metadata.get, ("created", "updated")) if found}
    return Ticket(
        path=document.source.path,
        line=document.line,
        end_line=document.end_line,
        id=ticket_id,
        title=title,
        severity=value("severity"),
        priority=value("priority"),
        status=status,
        state=scope.vocabulary.state(status) if status else None,
        batch=value("batch"),
        agent=value("agent"),
        assignee=value("assignee"),
        domain=metadata.several("domain"),
        created=read_date(value("created") or "", scope.vocabulary),
        updated=read_date(value("updated") or "", scope.vocabulary),
        fields=metadata.fields,
        summary=summary.text if summary else None,
        categories=checked_categories(checklists),
        locations=read_locations(scope),
        sections=read_sections(scope, stamps),
        checklists=checklists,
        reviews=reviews,
        claims=claims,
        relations=read_relations(scope, ticket_id),
        citations=read_citations(scope),
        code=read_code(scope),
        resolution=resolution,
        premise=judge_premise(reviews, claims, resolution, scope.own_text if claims else ""),
        defects=read_defects(scope, ticket_id, reviews),
    )
