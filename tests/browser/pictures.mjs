// Takes the pictures of README.md into docs/pictures, one row each: node tests/browser/pictures.mjs
import path from "node:path";
import { newPerson, open, root, startBrowser, startHouse } from "./house.mjs";
import { languages } from "./pages.mjs";

const [ar, fr, en] = languages;
const pictures = [
    { name: "home", language: ar, path: "/" },
    { name: "article", language: ar, path: "/law/18.23/2" },
    { name: "procedure", language: fr, path: "/procedures/production-licence" },
    {
        name: "check",
        language: fr,
        path: "/checks/production-licence",
        act: async (page) => {
            await page.locator("input[type=radio]").nth(1).check();
            await page.getByRole("button", { name: "Interroger la loi" }).click();
            await page.waitForLoadState("load");
        },
    },
    { name: "register", language: en, path: "/register" },
];

const house = await startHouse();
const browser = await startBrowser();
for (const picture of pictures) {
    const context = await newPerson(browser, picture.language, { width: 1280, height: 820 });
    const { page } = await open(context, house.url + picture.path);
    await picture.act?.(page);
    await page.screenshot({ path: path.join(root, "docs/pictures", `${picture.name}.jpg`), type: "jpeg", quality: 78 });
    await context.close();
}
await browser.close();
await house.stop();
