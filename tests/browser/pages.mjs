// The pages that a browser looks at, one row each: name (of its screenshot), path, and the status it answers with (200
// when absent).
export const pages = [
    { name: "home", path: "/" },
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
