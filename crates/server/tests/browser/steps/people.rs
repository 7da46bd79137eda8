//! Who works here: the profile, members, tokens, settings, the account, signing out and in.

use super::Visit;

const EMAIL: &str = "ada@example.org";
const PASSWORD: &str = "a quiet harbour at dawn";

impl Visit {
    /// Five steps; each may be skipped, and with scripts each is saved as one types.
    pub(crate) fn profile(&self) {
        let browser = &self.browser;
        browser.until_path("the profile", |path| path == "/profiles/new");
        browser.look("profile-new");
        browser.fill("[name=name]", "Harbour Bakery");
        browser.fill("[name=industry]", "bakery");
        browser.press("Save and next");
        browser.until_path("the voice", |path| path.ends_with("/voice"));
        if self.scripts() {
            browser.type_into("[name=personality]", "warm\nexact");
            browser.until("the saved mark", || {
                browser.find("#saved").map(|mark| browser.text(&mark)).filter(|text| text.contains("Saved"))
            });
            browser.reload();
            let kept = browser.see("[name=personality]");
            assert_eq!(browser.attribute(&kept, "value").as_deref(), Some("warm\nexact"), "it was saved");
        }
        browser.look("profile-voice");
        browser.press("Skip");
        browser.until_path("the strategy", |path| path.ends_with("/strategy"));
        browser.fill("[name=audience]", "People who bake on Sundays.");
        browser.press("Save and next");
        browser.until_path("the position", |path| path.ends_with("/position"));
        browser.press("Skip");
        browser.until_path("the looks", |path| path.ends_with("/looks"));
        browser.look("profile-looks");
        browser.press("Save and finish");
        browser.until_path("the end", |path| !path.ends_with("/looks"));
        browser.go("/profiles");
        browser.read("Harbour Bakery");
        browser.look("profiles");
    }

    /// Makes an invitation and tells its path.
    pub(crate) fn invite(&self) -> String {
        let browser = &self.browser;
        browser.go("/members");
        browser.look("members");
        browser.fill("[name=name]", "Bo Reader");
        browser.choose("form[action='/members/invitations'] [name=role]", "reviewer");
        browser.press("Make the link");
        let link = browser.attribute(&browser.see("#once"), "value").unwrap_or_default();
        browser.look("members-invited");
        let path = link.strip_prefix(&self.studio.address).map(|path| format!("/{path}"));
        path.unwrap_or_else(|| panic!("the link leads here: {link}"))
    }

    pub(crate) fn token(&self) {
        let browser = &self.browser;
        browser.go("/tokens");
        browser.fill("[name=name]", "Weekly import");
        browser.press("Make a token");
        let secret = browser.attribute(&browser.see("#once"), "value").unwrap_or_default();
        assert!(secret.starts_with("slw_"), "a token begins so");
        browser.look("tokens");
        browser.go("/tokens");
        assert!(browser.find("#once").is_none(), "the secret is shown once");
    }

    /// The pages speak German, and English again.
    pub(crate) fn settings(&self) {
        let browser = &self.browser;
        browser.go("/settings");
        browser.look("settings");
        browser.choose("form[action='/settings'] [name=language]", "de");
        browser.click("form[action='/settings'] .primary");
        self.notice("gespeichert");
        assert_eq!(browser.ask("return document.documentElement.lang"), "de");
        browser.look("settings-german");
        browser.go("/carousels");
        browser.look("library-german");
        browser.go("/settings");
        browser.choose("form[action='/settings'] [name=language]", "en");
        browser.click("form[action='/settings'] .primary");
        self.notice("The settings are saved.");
        browser.go("/audit");
        browser.read("Changed the settings");
        browser.look("audit");
    }

    /// Who began without a password sets one.
    pub(crate) fn set_password(&self) {
        let browser = &self.browser;
        browser.go("/account");
        browser.look("account");
        browser.fill("[name=email]", EMAIL);
        browser.fill("[name=new]", PASSWORD);
        browser.press("Set the password");
        self.notice("The password is set.");
    }

    pub(crate) fn sign_out(&self, name: &str) {
        let browser = &self.browser;
        browser.go("/carousels");
        browser.press(name);
        browser.press("Sign out");
        browser.until_path("the door", |path| path == "/sign-in");
        browser.go("/carousels");
        browser.until_path("the door again", |path| path == "/sign-in");
    }

    /// Whoever was invited joins, and may do what the role allows.
    pub(crate) fn accept(&self, invitation: &str) {
        let browser = &self.browser;
        browser.go(invitation);
        browser.read("Ada Example");
        browser.look("invitation");
        browser.fill("[name=email]", "bo@example.org");
        browser.fill("[name=password]", "the second harbour light");
        browser.press("Join");
        browser.until_path("the library", |path| path == "/carousels");
        assert!(browser.find("a.new").is_none(), "a reviewer makes no carousels");
        browser.go("/members");
        assert!(browser.find("[action='/members/invitations']").is_none(), "a reviewer invites nobody");
        self.sign_out("Bo Reader");
    }

    pub(crate) fn sign_in(&self) {
        let browser = &self.browser;
        browser.go("/sign-in?next=/profiles");
        browser.look("sign-in");
        browser.fill("[name=email]", EMAIL);
        browser.fill("[name=password]", "not the password");
        browser.press("Sign in");
        browser.see(".problems");
        browser.expect_refusal(401);
        browser.look("sign-in-refused");
        browser.fill("[name=password]", PASSWORD);
        browser.press("Sign in");
        browser.until_path("the page that was asked for", |path| path == "/profiles");
    }

    /// An address that leads nowhere is answered with care.
    pub(crate) fn lose_the_way(&self) {
        self.browser.go("/nowhere");
        self.browser.read("There is no such page.");
        self.browser.expect_refusal(404);
        self.browser.look("missing");
    }
}
