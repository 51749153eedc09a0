// What every page must pass: axe (WCAG 2.2 AA and good practice) in the browser, vnu on the HTML.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const vnuJar = require.resolve("vnu-jar/build/dist/vnu.jar");

// Faults that axe finds, one line each. The page's CSP has no place for axe, so it is told through the debugger.
export async function axe(page) {
    const session = await page.context().newCDPSession(page);
    const run = `(async () => { ${axeSource}; return JSON.stringify(await axe.run(document, { resultTypes: ["violations"],
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })); })()`;
    const answer = await session.send("Runtime.evaluate", { expression: run, awaitPromise: true, returnByValue: true });
    await session.detach();
    if (answer.exceptionDetails) {
        throw new Error(answer.exceptionDetails.exception?.description ?? "axe failed");
    }
    return JSON.parse(answer.result.value).violations.flatMap((fault) =>
        fault.nodes.map((node) => `${fault.id}: ${fault.help}: ${node.html.slice(0, 200)}`),
    );
}

// Faults that vnu finds in files of HTML, one line each; also warnings.
export function vnu(files) {
    const ran = spawnSync("java", ["-Xss8m", "-jar", vnuJar, "--format", "json", ...files], {
        encoding: "utf8",
        maxBuffer: 64 * 1024 * 1024,
    });
    if (ran.error) {
        throw ran.error;
    }
    return JSON.parse(ran.stderr || '{"messages":[]}').messages
        .filter((message) => message.type !== "info" || message.subType === "warning")
        .map((message) => `${message.url}:${message.lastLine}: ${message.message}: ${message.extract ?? ""}`);
}

// The page is as wide as the window, no wider.
export async function overflow(page) {
    return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
