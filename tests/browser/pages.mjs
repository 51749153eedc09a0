// The pages that a browser looks at, one row each:
//   name     of its screenshot
//   path     what is opened
//   follow   then the first link that this selector finds is opened: one page of a list
//   who      the account of the demo that is signed in, the part before @demo.example; nobody when absent
//   status   what it answers with, 200 when absent
export const pages = [
    { name: "home", path: "/" },
    { name: "law", path: "/law" },
    { name: "law-text", path: "/law/18.23" },
    { name: "law-article", path: "/law/18.23/2" },
    { name: "law-search", path: "/law/search?q=%D8%A7%D9%84%D8%AA%D8%B1%D8%AE%D9%8A%D8%B5" },
    { name: "checks", path: "/checks" },
    { name: "check", path: "/checks/production-licence" },
    { name: "procedures", path: "/procedures" },
    { name: "procedure", path: "/procedures/production-licence" },
    { name: "guide", path: "/guide" },
    { name: "guide-answer", path: "/guide?ask=1&do=own&do=others&do=shooting&do=scouting&do=cinema&who=natural_person&client=foreign_law&work=private" },
    { name: "register", path: "/register" },
    { name: "register-entry", path: "/register", follow: "main a[href^='/register/']" },
    { name: "verify", path: "/verify" },
    { name: "verify-act", path: "/verify/12" },
    { name: "sign-in", path: "/sign-in" },
    { name: "sign-up", path: "/sign-up" },
    { name: "password-lost", path: "/password-lost" },
    { name: "not-found", path: "/nowhere", status: 404 },
    { name: "forbidden", path: "/queue", who: "applicant", status: 403 },
    { name: "account", path: "/account", who: "applicant" },
    { name: "dossiers", path: "/dossiers", who: "applicant" },
    { name: "dossier", path: "/dossiers", follow: "main a[href^='/dossiers/']:not([href*='/new/'])", who: "applicant" },
    { name: "form", path: "/dossiers/new/production-licence", who: "applicant" },
    { name: "inbox", path: "/inbox", who: "applicant" },
    { name: "party-new", path: "/parties/new", who: "newcomer" },
    { name: "queue", path: "/queue", who: "officer" },
    { name: "queue-dossier", path: "/queue", follow: "main a[href^='/queue/']", who: "officer" },
    { name: "committees", path: "/committees", who: "secretary" },
    { name: "opinion", path: "/committees", follow: "main a[href$='/opinion']", who: "secretary" },
    { name: "instrument", path: "/instruments/1", who: "officer" },
    { name: "inbox-letter", path: "/inbox", follow: "main a[href^='/inbox/']", who: "applicant" },
    { name: "parties", path: "/parties/mine", who: "applicant" },
    { name: "boxoffice", path: "/boxoffice" },
    { name: "second-factor", path: "/account/second-factor", who: "applicant" },
    { name: "step-up", path: "/step-up", who: "director" },
    { name: "letters", path: "/letters", who: "officer" },
    { name: "signatures", path: "/signatures", who: "director" },
    { name: "signature", path: "/signatures", follow: "main a[href^='/signatures/']", who: "director" },
    { name: "delegations", path: "/delegations", who: "director" },
    { name: "appointments", path: "/appointments", who: "administrator" },
    { name: "accounts", path: "/accounts", who: "administrator" },
    { name: "account-of", path: "/accounts", follow: "main a[href^='/accounts/']", who: "administrator" },
];

export const languages = [
    { code: "ar", locale: "ar-MA", dir: "rtl" },
    { code: "fr", locale: "fr-MA", dir: "ltr" },
    { code: "en", locale: "en-GB", dir: "ltr" },
];

export const widths = [
    { name: "phone", width: 360, height: 740 },
    { name: "desk", width: 1280, height: 900 },
];
