//! From nothing to downloaded slides, as one story.

use crate::browser::Device;
use crate::steps::Visit;

const PHONE: u32 = 390;
const DESK: u32 = 1440;

/// What has to be reached by Tab alone.
const APPROVAL: [&str; 7] = [
    "New carousel",
    "Why this score",
    "Feedback",
    "Approve",
    "Edit",
    "Another like this",
    "Reject all and write anew",
];

fn scripted(width: u32, dark: bool) {
    let visit = Visit::new(Device { width, dark, scripts: true });
    visit.first_visit();
    visit.profile();
    visit.empty_library();
    visit.new_without_text();
    visit.new_from_file();
    visit.written("research", 3);
    visit.browser.look("stage-research");
    visit.browser.tab_through("the approval page", &APPROVAL);
    visit.rate_with_the_mouse();
    visit.rate_with_keys();
    visit.give_feedback();
    visit.another_like_the_first();
    visit.approve_with_the_button();
    visit.written("outline", 3);
    visit.browser.look("stage-outline");
    visit.reject_all("outline", 3);
    visit.browser.look("stage-outline-round-2");
    visit.approve_with_a_key();
    visit.written("copy", 3);
    visit.browser.look("stage-copy");
    visit.edit_a_slide();
    visit.approve_with_the_button();
    visit.written_while_typing("hook", 10);
    visit.browser.look("stage-hook");
    visit.approve_with_a_key();
    visit.written("visual", 3);
    visit.browser.look("stage-visual");
    visit.approve_with_a_key();
    visit.written("caption", 3);
    visit.browser.look("stage-caption");
    visit.approve_with_the_button();
    round_off(&visit);
}

/// From the finished carousel to the end, with whoever else takes part.
fn round_off(visit: &Visit) {
    let carousel = visit.finished();
    visit.swipe();
    visit.reorder();
    visit.change_words();
    visit.change_looks();
    visit.download();
    let link = visit.make_link();
    visit.import();
    visit.tidy_the_library();
    visit.lose_the_way();
    visit.token();
    visit.settings();
    visit.set_password();
    let invitation = visit.invite();
    visit.sign_out("Ada Example");
    visit.answer(&link);
    visit.accept(&invitation);
    visit.sign_in();
    visit.read_answer(&carousel, &link);
    visit.ends_well();
}

fn plain(width: u32, dark: bool) {
    let visit = Visit::new(Device { width, dark, scripts: false });
    visit.first_visit();
    visit.profile();
    visit.empty_library();
    visit.new_without_text();
    visit.new_from_clipboard();
    visit.written("research", 3);
    visit.browser.look("stage-research");
    visit.rate_with_the_mouse();
    visit.give_feedback();
    visit.approve_with_the_button();
    visit.written("outline", 3);
    visit.reject_all("outline", 3);
    visit.approve_with_the_button();
    visit.written("copy", 3);
    visit.edit_a_slide();
    visit.approve_with_the_button();
    visit.written("hook", 10);
    visit.browser.look("stage-hook");
    visit.approve_with_the_button();
    visit.written("visual", 3);
    visit.approve_with_the_button();
    visit.written("caption", 3);
    visit.approve_with_the_button();
    round_off(&visit);
}

#[test]
fn on_a_phone_in_the_light() {
    scripted(PHONE, false);
}

#[test]
fn on_a_phone_in_the_dark() {
    scripted(PHONE, true);
}

#[test]
fn at_a_desk_in_the_light() {
    scripted(DESK, false);
}

#[test]
fn at_a_desk_in_the_dark() {
    scripted(DESK, true);
}

#[test]
fn on_a_phone_in_the_light_without_scripts() {
    plain(PHONE, false);
}

#[test]
fn on_a_phone_in_the_dark_without_scripts() {
    plain(PHONE, true);
}

#[test]
fn at_a_desk_in_the_light_without_scripts() {
    plain(DESK, false);
}

#[test]
fn at_a_desk_in_the_dark_without_scripts() {
    plain(DESK, true);
}
