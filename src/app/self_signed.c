/* A certificate of our own: for a demo on a local network, where no authority can vouch for a name. */
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/files.h"
#include "app/process.h"

enum { YEARS = 2, HOST_BYTES = 200 };

static X509 *make_certificate(EVP_PKEY *key, const char *names);
static const struct err *keep(struct arena *arena, const char *path, BIO *bio);

const struct err *
self_signed(struct arena *arena, const char *folder, const char **ret_key, const char **ret_certificate)
{
    const char *tls = text_printf(arena, "%s/tls", folder).at;
    *ret_key = text_printf(arena, "%s/key.pem", tls).at;
    *ret_certificate = text_printf(arena, "%s/certificate.pem", tls).at;
    if (file_exists(*ret_key) && file_exists(*ret_certificate)) {
        return NULL;
    }
    TRY(folder_make(arena, tls));
    char host[HOST_BYTES] = "localhost";
    gethostname(host, sizeof host - 1);
    const struct text names = text_printf(arena, "DNS:localhost,DNS:%s,IP:127.0.0.1,IP:::1", host);
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = key == NULL ? NULL : make_certificate(key, names.at);
    BIO *key_bio = BIO_new(BIO_s_mem());
    BIO *certificate_bio = BIO_new(BIO_s_mem());
    const bool is_made = certificate != NULL && key_bio != NULL && certificate_bio != NULL &&
                         PEM_write_bio_PrivateKey(key_bio, key, NULL, NULL, 0, NULL, NULL) == 1 &&
                         PEM_write_bio_X509(certificate_bio, certificate) == 1;
    const struct err *err = is_made ? keep(arena, *ret_key, key_bio) : FAIL(arena, ERR_INTERNAL, "no certificate");
    if (err == NULL) {
        err = keep(arena, *ret_certificate, certificate_bio);
    }
    BIO_free(key_bio);
    BIO_free(certificate_bio);
    X509_free(certificate);
    EVP_PKEY_free(key);
    return err;
}

static X509 *
make_certificate(EVP_PKEY *key, const char *names)
{
    X509 *certificate = X509_new();
    if (certificate == NULL) {
        return NULL;
    }
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), (long)YEARS * 365 * 24 * 3600);
    X509_NAME *name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)"markaz (self-signed)", -1, -1, 0);
    X509_EXTENSION *alternative = X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, names);
    const bool is_good = X509_set_issuer_name(certificate, name) == 1 && X509_set_pubkey(certificate, key) == 1 &&
                         alternative != NULL && X509_add_ext(certificate, alternative, -1) == 1 &&
                         X509_sign(certificate, key, EVP_sha256()) > 0;
    X509_EXTENSION_free(alternative);
    if (!is_good) {
        X509_free(certificate);
        return NULL;
    }
    return certificate;
}

static const struct err *
keep(struct arena *arena, const char *path, BIO *bio)
{
    char *at = NULL;
    const long len = BIO_get_mem_data(bio, &at);
    TRY(file_write(arena, path, (struct text){.at = at, .len = (size_t)len}));
    return chmod(path, 0600) == 0 ? NULL : file_failed(arena, "chmod", path);
}
