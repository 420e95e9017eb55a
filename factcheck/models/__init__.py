"""The data models of the program: what it believes about articles, claims and findings.

Every one is a frozen pydantic model. Stages take them and return them; the
`Report` is the JSON from which every other format renders. What a language
model may say on the wire is kept apart, in `pipeline/wire.py`.

Ids are made by code and are stable for the same inputs: articles `a1`, sentences
by number within an article, speakers `a1.s1`, claims `a1.c1`, merged sources
`s1`, findings `f1`, issues `q1`. All literal values are kebab-case: lower case,
with hyphens between words.
"""

from factcheck.models.article import Article as Article
from factcheck.models.article import ArticleWarning as ArticleWarning
from factcheck.models.article import Dropped as Dropped
from factcheck.models.article import DropReason as DropReason
from factcheck.models.article import Excluded as Excluded
from factcheck.models.article import ExcludeReason as ExcludeReason
from factcheck.models.article import Genre as Genre
from factcheck.models.article import OutletFrom as OutletFrom
from factcheck.models.article import Precision as Precision
from factcheck.models.article import Sentence as Sentence
from factcheck.models.article import SentenceKind as SentenceKind
from factcheck.models.article import WarningKind as WarningKind
from factcheck.models.base import DataModel as DataModel
from factcheck.models.base import Document as Document
from factcheck.models.base import Numbers as Numbers
from factcheck.models.base import Remark as Remark
from factcheck.models.claim import Checkpoint as Checkpoint
from factcheck.models.claim import Claim as Claim
from factcheck.models.claim import ClaimKind as ClaimKind
from factcheck.models.claim import Extraction as Extraction
from factcheck.models.claim import Modality as Modality
from factcheck.models.claim import NotAssessed as NotAssessed
from factcheck.models.claim import Role as Role
from factcheck.models.claim import Skipped as Skipped
from factcheck.models.claim import Speaker as Speaker
from factcheck.models.comparison import Answer as Answer
from factcheck.models.comparison import Comparison as Comparison
from factcheck.models.comparison import Group as Group
from factcheck.models.comparison import IssueKind as IssueKind
from factcheck.models.comparison import Placing as Placing
from factcheck.models.comparison import Question as Question
from factcheck.models.comparison import Side as Side
from factcheck.models.comparison import Stand as Stand
from factcheck.models.finding import Finding as Finding
from factcheck.models.finding import Issue as Issue
from factcheck.models.finding import Origin as Origin
from factcheck.models.finding import OriginKind as OriginKind
from factcheck.models.finding import OutletGroup as OutletGroup
from factcheck.models.finding import Position as Position
from factcheck.models.finding import Relation as Relation
from factcheck.models.finding import Said as Said
from factcheck.models.finding import Source as Source
from factcheck.models.finding import Stance as Stance
from factcheck.models.finding import Verdict as Verdict
from factcheck.models.finding import Voice as Voice
from factcheck.models.first_page import Call as Call
from factcheck.models.first_page import Caution as Caution
from factcheck.models.first_page import Doubt as Doubt
from factcheck.models.first_page import FirstPage as FirstPage
from factcheck.models.first_page import Note as Note
from factcheck.models.first_page import Pick as Pick
from factcheck.models.first_page import Summary as Summary
from factcheck.models.first_page import SummaryKind as SummaryKind
from factcheck.models.report import Manifest as Manifest
from factcheck.models.report import Report as Report
from factcheck.models.report import StageUse as StageUse
