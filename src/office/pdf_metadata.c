#include "office/pdf_metadata.h"

#include <assert.h>

#include "base/buf.h"
#include "base/limits.h"

enum { METADATA_BYTES_MAX = 16 * 1024 + 6 * LANGS * LINE_BYTES_MAX };

static void put_titles(struct buf *buf, const struct pdf_facts *facts);
static void put_escaped(struct buf *buf, struct text text);

struct text
pdf_metadata(struct arena *arena, const struct pdf_facts *facts)
{
    char day[11];
    date_print(facts->day, day);
    struct buf buf = buf_new(arena, METADATA_BYTES_MAX);
    buf_cstr(&buf, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                   "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
                   "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                   "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                   "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" "
                   "xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
                   "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>\n"
                   "<dc:format>application/pdf</dc:format>\n");
    put_titles(&buf, facts);
    buf_cstr(&buf, "<dc:creator><rdf:Seq><rdf:li>");
    put_escaped(&buf, facts->author);
    buf_cstr(&buf, "</rdf:li></rdf:Seq></dc:creator>\n");
    buf_printf(&buf, "<xmp:CreateDate>%sT00:00:00Z</xmp:CreateDate><xmp:ModifyDate>%sT00:00:00Z</xmp:ModifyDate>\n",
               day, day);
    buf_cstr(&buf, "<pdf:Producer>" PDF_PRODUCER "</pdf:Producer>\n"
                   "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
    assert(!buf.overflowed);
    return buf_built(&buf);
}

static void
put_titles(struct buf *buf, const struct pdf_facts *facts)
{
    buf_cstr(buf, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">");
    put_escaped(buf, facts->titles[facts->lang]);
    buf_cstr(buf, "</rdf:li>");
    for (enum lang lang = LANG_AR; lang < LANGS; lang++) {
        if (facts->titles[lang].len > 0) {
            buf_printf(buf, "<rdf:li xml:lang=\"%s\">", pdf_lang(lang));
            put_escaped(buf, facts->titles[lang]);
            buf_cstr(buf, "</rdf:li>");
        }
    }
    buf_cstr(buf, "</rdf:Alt></dc:title>\n<dc:language><rdf:Bag>");
    for (enum lang lang = LANG_AR; lang < LANGS; lang++) {
        if (facts->titles[lang].len > 0) {
            buf_printf(buf, "<rdf:li>%s</rdf:li>", pdf_lang(lang));
        }
    }
    buf_cstr(buf, "</rdf:Bag></dc:language>\n");
}

/* XML 1.0 has no place for controls: they are left out. */
static void
put_escaped(struct buf *buf, struct text text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        switch (byte) {
        case '<':
            buf_cstr(buf, "&lt;");
            break;
        case '>':
            buf_cstr(buf, "&gt;");
            break;
        case '&':
            buf_cstr(buf, "&amp;");
            break;
        default:
            if (byte >= 0x20) {
                buf_char(buf, (char)byte);
            }
        }
    }
}
