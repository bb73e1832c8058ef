// The part of libcrypto that JOSE uses, and EVP_MAC and EVP_DigestVerify, which the benchmark holds it against.
//
// The hash functions of <openssl/sha.h> are marked deprecated in favour of EVP, but only they keep a state that can be
// copied without an allocation, which is what an HMAC with a prepared key is (docs/architecture.md has the figures).
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
