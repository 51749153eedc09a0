// The pages that a browser looks at, one row each: name (of its screenshot), path, and the status it answers with (200
// when absent).
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
    { name: "verify", path: "/verify" },
    { name: "sign-in", path: "/sign-in" },
    { name: "sign-up", path: "/sign-up" },
    { name: "password-lost", path: "/password-lost" },
    { name: "not-found", path: "/nowhere", status: 404 },
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
