// A refusal: reasons with their norms, and on what terms one may appeal.
import assert from "node:assert/strict";
import { it } from "node:test";
import { attest, company, fileLicence, newcomer, numberOf, openLetter, signFirst } from "./people.mjs";

export function refusal(life) {
    it("a refusal names the norm that fails, what was found and how to appeal", async () => {
        const { house, officer, director } = life;
        const applicant = await newcomer(house, { ar: "ياسين الورزازي", latin: "Yassine Ouarzazi" });
        await company(applicant, { ar: "شركة الحكاية الثانية", latin: "Al Hikaya At Tania" });
        const dossier = await fileLicence(applicant);
        const number = numberOf(applicant);
        const queue = dossier.replace("/dossiers/", "/queue/");
        await attest(officer, queue, { "facts.tax_regular": "no" });

        await officer.get(queue);
        assert.match(officer.text, /18\.23\/2\/1\.d/);
        await officer.send("factual", { factual: " " });
        assert.notEqual(officer.status, 200, "a refusal without what was found is not proposed");
        await officer.get(queue);
        await officer.send("factual", { factual: "تبين من الشهادة أن الضريبة على الشركات لسنة 2025 لم تؤد." });
        assert.equal(officer.status, 200, officer.text);
        await signFirst(director, number);

        const letter = await openLetter(applicant);
        await applicant.get(letter);
        assert.match(applicant.text, /18\.23\/2\/1\.d/);
        assert.match(applicant.text, /الضريبة على الشركات لسنة 2025/);
        assert.match(applicant.text, /الوضعية الجبائية للشركة غير سليمة/);
        assert.match(applicant.text, /تظلم|طعن/);
        await applicant.send(`${letter}/letter`);
        assert.equal(applicant.headers.get("content-type"), "application/pdf");
        await applicant.get("/register");
        assert.ok(!applicant.text.includes("Al Hikaya At Tania"), "what was refused is in no register");
    });
}
