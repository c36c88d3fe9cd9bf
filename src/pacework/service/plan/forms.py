"""What people type about goals, actions and preparing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, ClassVar

from pacework.service.cases.models import Client, Episode
from pacework.service.core.codes import codes
from pacework.service.core.forms import Choice, Choices, Day, LongText, OneOf, PageForm, Section, Text, Whole
from pacework.service.plan.actions import Came, NewObstacle
from pacework.service.plan.models import Goal, PlannedAction
from pacework.service.plan.policies import LONGEST, LONGEST_LINE

OWN_STEP = "own"


class GoalForm(PageForm):
    submit_label = "Save goal"

    words = LongText(label="The goal, in the client’s words", rows=3, max_length=1000)
    kind = Choice(
        Goal.Kind.choices,
        label="What is it about?",
        hints={Goal.Kind.PREPARING: "Optional. Looking for employers can go on at the same time."},
    )
    target_on = Day(label="By when, if there is a day", required=False)


class EndGoalForm(PageForm):
    submit_label = "Save"

    how = Choice(
        [("reached", "It is reached"), ("dropped", "The client lets it go")],
        label="What became of it?",
        reveals={"dropped": ["why"]},
    )
    why = Text(label="Why, in their words", max_length=LONGEST_LINE, required=False)


class ActionForm(PageForm):
    submit_label = "Save action"

    words = Text(label="What is to be done?", max_length=LONGEST_LINE)
    owner = Choice(
        PlannedAction.Owner.choices, label="Who does it?", reveals={PlannedAction.Owner.HCP: ["hcp"]}
    )
    hcp = OneOf(label="Which one?", select=True, required=False, no_answer="Anybody of the health team")
    due_on = Day(label="By when?", not_past=True)
    goal = OneOf(
        label="For which goal?",
        select=True,
        required=False,
        no_answer="No goal in particular",
        words=lambda goal: goal.words[:80],
    )

    def __init__(self, *args: Any, client: Client, hcps: Any, goals: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hcp"].queryset = hcps
        self.fields["goal"].queryset = goals
        self.fields["owner"].choices = owners(client)
        if not goals:
            del self.fields["goal"]


def owners(client: Client) -> list[tuple[str, str]]:
    """Who may own an action, the client by their name."""
    kinds = PlannedAction.Owner
    return [(kinds.CLIENT, client.name), (kinds.ESW, str(kinds.ESW.label)), (kinds.HCP, str(kinds.HCP.label))]


class MoveActionForm(PageForm):
    submit_label = "Save the new date"

    due_on = Day(label="New date", not_past=True)


class ObstaclesForm(PageForm):
    """Tick what is true; each tick brings its first step along. Own words are as good as any."""

    submit_label = "Add to the list"

    step_owner = Choice((), label="Who takes the first steps?", inline=True)
    step_due_on = Day(label="First steps by", not_past=True)

    def __init__(
        self,
        *args: Any,
        taken: Collection[str] = (),
        domain: str = "",
        client: Client | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.domain = domain
        self.obstacles = codes("plan", "obstacles", "obstacles")
        domains = codes("plan", "obstacles", "domains")
        sections = []
        first = dict(self.fields)
        self.fields.clear()
        for key, row in domains.items():
            if domain in ("", key):
                self.ask_about(key, str(row["intro"]), taken)
                sections.append((str(row["label"]), [f"in_{key}"]))
        if not domain:
            self.collapsed = sections
        self.ask_for_own_words(domains.choices())
        own = ["own_words", "own_step"] if domain else ["own_words", "own_domain", "own_step"]
        self.groups = [("In your own words" if domain else "In the client’s own words", own)]
        self.fields.update(first)
        if client is None:
            del self.fields["step_owner"]
            self.fields["step_due_on"].label = "Do my first steps by"
        else:
            self.fields["step_owner"].choices = owners(client)[:2]
        self.groups.append(("The first steps", ["step_owner", "step_due_on"]))

    def ask_about(self, domain: str, intro: str, taken: Collection[str]) -> None:
        """Tick boxes of one domain, each with its suggested steps under it."""
        offered = [
            (key, row)
            for key, row in self.obstacles.items()
            if row["domain"] == domain and row["label"] not in taken
        ]
        reveals = {key: [f"step_{key}"] for key, _ in offered}
        self.fields[f"in_{domain}"] = Choices(
            [(key, row["label"]) for key, row in offered], label=intro, reveals=reveals, required=False
        )
        for key, row in offered:
            steps = [(str(number), words) for number, words in enumerate(row["steps"])]
            self.fields[f"step_{key}"] = Choice(
                steps, label="First step", required=False, no_answer="No step yet", small=True
            )
            self.initial.setdefault(f"step_{key}", "0")

    def ask_for_own_words(self, domains: list[tuple[str, str]]) -> None:
        self.fields["own_words"] = Text(label="Something else", max_length=LONGEST_LINE, required=False)
        if not self.domain:
            self.fields["own_domain"] = Choice(
                domains, label="What is it to do with?", select=True, required=False, no_answer="Choose"
            )
        self.fields["own_step"] = Text(label="A first step", max_length=LONGEST_LINE, required=False)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("own_words") and not self.domain and not found.get("own_domain"):
            self.add_error("own_domain", "Choose what it is to do with.")
        if found.get("own_step") and not found.get("own_words"):
            self.add_error("own_words", "Say what is in the way, or leave the step empty.")
        return found

    def sections(self) -> list[Section]:
        """The areas to tick first, then own words, then who and when."""
        return sorted(super().sections(), key=lambda section: not section.collapsed)

    def rows(self) -> list[NewObstacle]:
        """Everything ticked and typed, in the order of the page."""
        said = self.cleaned_data
        found = []
        for name, entry in self.fields.items():
            if not isinstance(entry, Choices):
                continue
            for key in said[name]:
                row, chosen = self.obstacles[key], said[f"step_{key}"]
                step = row["steps"][int(chosen)] if chosen else ""
                found.append(NewObstacle(row["domain"], row["label"], step))
        if said["own_words"]:
            domain = self.domain or said["own_domain"]
            found.append(NewObstacle(domain, said["own_words"], said["own_step"]))
        return found


class StepForm(PageForm):
    """A step against one obstacle: a suggested one or another."""

    submit_label = "Save step"

    choice = Choice((), label="Which step?", reveals={OWN_STEP: ["words"]})
    words = Text(label="Which one?", max_length=LONGEST_LINE, required=False)
    owner = Choice((), label="Who does it?", inline=True)
    step_due_on = Day(label="By when?", not_past=True)

    def __init__(self, *args: Any, suggestions: list[str], client: Client | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suggestions = suggestions
        if suggestions:
            listed = [(str(number), words) for number, words in enumerate(suggestions)]
            self.fields["choice"].choices = [*listed, (OWN_STEP, "Something else")]
        else:
            del self.fields["choice"]
            self.fields["words"].label = "What is the step?"
        if client is None:
            del self.fields["owner"]
        else:
            self.fields["owner"].choices = owners(client)[:2]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        # Without an answer the question above says so; the box for other words is not even shown.
        chosen = found.get("choice", "" if "choice" in self.fields else OWN_STEP)
        if chosen and chosen != OWN_STEP:
            found["words"] = self.suggestions[int(chosen)]
        elif chosen and not found.get("words") and "words" not in self.errors:
            self.add_error("words", "Write the step.")
        return found


class SessionForm(PageForm):
    submit_label = "Save session"

    template = Choice((), label="Session", select=True)
    on = Day(label="Date", not_future=True)
    attendance = Choice(codes("plan", "attendance").choices(), label="Did they come?", inline=True)
    minutes = Whole(label="Minutes", min=1, max=LONGEST, required=False)
    what_changed = LongText(
        label="What changed?", hint="In the client’s words if you can.", rows=4, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = sessions_for("one_to_one")


def sessions_for(format: str) -> list[tuple[str, str]]:  # noqa: A002
    """The sessions that are made to be held so."""
    rows = codes("plan", "sessions")
    return [(key, rows.label(key)) for key in rows if format in rows[key]["format"]]


class GroupSessionForm(PageForm):
    """One session with several clients: those with an answer were part of it."""

    submit_label = "Save session"

    template = Choice((), label="Session", select=True)
    on = Day(label="Date", not_future=True)
    minutes = Whole(label="Minutes", min=1, max=LONGEST, required=False)

    def __init__(self, *args: Any, episodes: Iterable[Episode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = sessions_for("group")
        self.episodes = list(episodes)
        self.collapsed = []
        for episode in self.episodes:
            names = [f"came_{episode.pk}", f"changed_{episode.pk}"]
            self.fields[names[0]] = Choice(
                codes("plan", "attendance").choices(),
                label="Did they come?",
                required=False,
                no_answer="Not part of this session",
            )
            self.fields[names[1]] = Text(label="What changed?", max_length=1000, required=False)
            self.collapsed.append((episode.client.name, names))

    collapsed: ClassVar[Any] = ()

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for episode in self.episodes:
            if found.get(f"changed_{episode.pk}") and not found.get(f"came_{episode.pk}"):
                self.add_error(f"came_{episode.pk}", f"Say whether {episode.client.name} came.")
        return found

    def rows(self) -> list[Came]:
        said = self.cleaned_data
        return [
            Came(episode, said[f"came_{episode.pk}"], said[f"changed_{episode.pk}"])
            for episode in self.episodes
            if said[f"came_{episode.pk}"]
        ]


class QuestionForm(PageForm):
    submit_label = "Save answer"

    words = LongText(label="", rows=4, max_length=2000)
    asked_on = Day(label="Asked on", not_future=True)

    def __init__(self, *args: Any, question: str, hint: str, own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].hint = question, hint
        if own:
            del self.fields["asked_on"]


class OwnGoalForm(PageForm):
    submit_label = "Save"

    words = LongText(label="What do you want?", hint="Your own words are best.", rows=3, max_length=1000)


class OwnStepForm(PageForm):
    submit_label = "Save"

    words = Text(label="What will you do?", hint="One small thing.", max_length=LONGEST_LINE)
    due_on = Day(label="By which day?", not_past=True)
