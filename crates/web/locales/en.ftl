## The frame of every page
skip = Skip to the content
nav = Main
nav-library = Carousels
nav-profiles = Profiles
nav-members = Members
nav-settings = Settings
nav-account = Your account
nav-new = New carousel
sign-out = Sign out
role-owner = Owner
role-editor = Editor
role-reviewer = Reviewer
role-viewer = Viewer
email = Email
password = Password
password-hint = At least 10 characters.
problems = { $count ->
    [one] One thing has to be mended:
   *[other] { $count } things have to be mended:
}
score = Score, of 10
moment = { $year }-{ $month }-{ $day }, { $hour }:{ $minute }
day = { $year }-{ $month }-{ $day }
copy = Copy
copied = Copied

## Errors
error-title = That did not work
error-home = To your carousels
error-id = If you report this, name { $id }.
error-no-page = There is no such page. It may have been moved, or the address is incomplete.
error-forged = This request may have come from another site, so it was not carried out. Go back, load the page again, and repeat what you did.

## First visit
start-title = Welcome to Slidewright
start-lead = You are the first one here, so this becomes your workspace. Nothing leaves this machine.
start-name = Your name
start-workspace = Name of the workspace
start-workspace-hint = Your firm, your brand, or just your name.
start-sign-in = How you sign in
start-alone = Only trying it on this machine? Leave both empty: the studio then opens without a password, from this machine alone.
start-code = Set-up code
start-code-hint = The server printed it when it started, so that nobody else becomes the owner.
start-wrong-code = is not the code that the server printed when it started
start-needs-password = is needed together with an email address, since you do not sit at the machine that the studio runs on
start-go = Make my workspace

## Signing in
sign-in-title = Sign in
sign-in = Sign in
sign-in-alone = Open the studio
sign-in-alone-lead = This studio has no password and opens from this machine alone.

## Library
library-title = Carousels
library-search = Search titles
library-state = State
library-all = All states
library-archived = Archived
library-filter = Show
library-none-found = Nothing here matches.
library-show-all = Show all
library-empty = Your first carousel is minutes away
library-empty-lead = Give a text of yours and choose among real alternatives at every step. Or look around with an example first.
library-example = Make one from an example
library-next = More
library-more = More for { $title }
duplicate = Duplicate
archive = Archive
unarchive = Back to the library
group-writing = Writing
group-waiting = Your choice
group-failed = Failed
group-ready = Ready
group-posted = Posted
state-draft = Draft
state-generating = Writing
state-awaiting-approval = Your choice
state-failed = Failed
state-ready = Ready
state-exported = Taken out
state-scheduled = Scheduled
state-publishing = Publishing
state-published = Published
done-archived = Archived. You find it under "Archived".
done-unarchived = Back in the library.
done-duplicated = Duplicated; this is the copy.

## New
new-title = New carousel
new-lead = Slidewright cuts your own text down to slides: every figure keeps its source.
new-source = What it is made of
new-text = Your text
new-text-hint = Paste an article, notes, a transcript … a few hundred words and more work best.
new-file = Or a file
new-url = Or the address of an article
new-topic = Topic
new-topic-hint = Optional. Without it, the title of the text.
new-shape = How it should look
new-slides = Slides (2 to 10)
new-format = Format
format-4x5 = 4:5, portrait
format-1x1 = 1:1, square
format-3x4 = 3:4, tall
format-9x16 = 9:16, story
new-language = Language
new-language-own = That of the text
new-theme = Theme
new-theme-any = Show me three
new-profile = Profile
new-profile-none = None
new-mode = Effort
mode-fast = Fast
mode-balanced = Balanced
mode-thorough = Thorough
new-autopilot = Autopilot
new-autopilot-hint = Approves the best of every stage by itself and stops where none is good enough.
new-cost = The offline writer does the work: no cost.
new-go = Write it

## The approval page
track = Stages
stage-research = Research
stage-outline = Outline
stage-copy = Copy
stage-hook = Hook
stage-visual = Looks
stage-caption = Caption
lead-of-research = What the text says that is worth telling, each fact with its source.
lead-of-outline = In which order the slides tell it.
lead-of-copy = The words on the slides.
lead-of-hook = The first slide: it makes people stop, or not.
lead-of-visual = How the slides look.
lead-of-caption = What stands below the post, and what people hear who can't see the slides.
stage-round = Round { $round }
stage-rounds = Rounds
stage-cost = { $cost } so far
stage-feedback = Written anew because of this feedback:
stage-failed = This stage could not be written.
stage-retry = Try again
stage-writing = { $count ->
    [0] Writing the variants. They appear here as they are finished.
    [one] Writing. One variant is finished.
   *[other] Writing. { $count } variants are finished.
}
stage-chosen = Chosen
autopilot = the autopilot
free = free of cost
written-by = Written by the { $writer } writer
written-by-person = Edited by hand
slides = Slides
slide-n = Slide { $n }
copy-words = All words, with their sources
sources = Sources
research-questions = What the audience asks
research-ideas = What could be shown
caption-length = { $count } of 2,200 characters
alt-text = Alt text
why = Why this score
why-dimension = What was measured
why-value = Value
why-weight = Weight
weight-prior = prior
weight-fitted = fitted
rate = Your stars
stars = { $count ->
    [one] 1 star
   *[other] { $count } stars
}
rating-of = { $stars ->
    [one] 1 star by
   *[other] { $stars } stars by
}
feedback = Feedback
rate-save = Save
rate-saved = Saved
done-rated = Your rating is saved.
approve = Approve
edit = Edit
done-regenerating = Another one is being written; it appears here in a moment.
regenerate = Another like this
cancel = Cancel
reject-title = None of these?
reject-feedback = What should be different?
reject-hint = At most 500 characters. The next round is written with it, and avoids what is here.
reject-go = Reject all and write anew
reopen-hint = Choosing anew reopens this stage; what was approved after it no longer counts.
reopen-go = Choose anew
keys = Keys:
keys-rate = rate
keys-approve = approve
keys-move = move
keys-edit = edit
role-of-hook = hook
role-of-context = context
role-of-point = point
role-of-proof = proof
role-of-example = example
role-of-summary = summary
role-of-cta = call to action
strategy-comprehensive = Comprehensive
strategy-focused = Focused
strategy-visual_first = Visual first
strategy-narrative = Narrative
strategy-informational = Informational
strategy-action = Action
strategy-educational = Educational
strategy-conversational = Conversational
strategy-professional = Professional
strategy-pattern_interrupt = Pattern interrupt
strategy-curiosity_gap = Curiosity gap
strategy-bold_claim = Bold claim
strategy-fomo = Fear of missing out
strategy-contrarian = Contrarian
strategy-direct_benefit = Direct benefit
strategy-question = Question
strategy-list_number = Number of things
strategy-how_to = How-to
strategy-surprise = Surprise
strategy-modern_minimal = Modern minimal
strategy-bold_vibrant = Bold vibrant
strategy-tech_professional = Tech professional
strategy-short = Short
strategy-story = Story
strategy-save_this = Save this

## Editing
edit-title = Edit
edit-lead = Your version becomes a variant of its own beside the others; the original stays.
edit-whole = The whole
edit-list = One entry a line.
edit-save = Save as a new variant
edit-preview = The slide with your words
edit-fits = It fits.
edit-no-script = The preview needs JavaScript; saving works without.
done-edited = Saved as a new variant.
field-angle = Angle
field-fact = Fact
field-title = Working title
field-message = What the reader knows after it
field-headline = Headline
field-subline = Line below
field-body = Text
field-bullets = List
field-figure = Figure
field-counts = What it counts
field-quote = Quote
field-attribution = Who said it
field-code = Code
field-left-title = Title, left
field-left = Entries, left
field-right-title = Title, right
field-right = Entries, right
field-cta = Call to action
field-theme = Theme
field-layout = Layout
field-caption = Caption
field-hashtags = Hashtags
field-comment = First comment
color-background = Background
color-surface = Cards
color-text = Text
color-muted = Secondary text
color-accent = Accent
color-on-accent = Text on the accent
layout-cover = Cover
layout-text = Text
layout-bullets = List
layout-stat = Figure
layout-quote = Quote
layout-code = Code
layout-image = Picture
layout-comparison = Comparison
layout-call_to_action = Call to action
