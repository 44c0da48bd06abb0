# Makes the test network's keys and certificates in the folder $1, with fixed dates: valid, self-signed, expired.
set -eu
dir=$1
mkdir -p "$dir"
cd "$dir"
: >index.txt
cat >ca.conf <<'CONF'
[ca]
default_ca = demo
[demo]
database = index.txt
new_certs_dir = .
default_md = sha256
policy = any
rand_serial = yes
copy_extensions = copy
unique_subject = no
[any]
countryName = optional
organizationName = optional
commonName = supplied
CONF

request() { # name, subject, alternative names
    openssl req -new -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "$2" -addext "subjectAltName=$3"
}

sign() { # name, not before, not after, further options
    name=$1 from=$2 to=$3
    shift 3
    openssl ca -batch -notext -config ca.conf -startdate "$from" -enddate "$to" -in "$name.csr" -out "$name.crt" "$@"
}

request ca "/C=XX/O=NetSentinel Demo/CN=NetSentinel Demo CA" "DNS:ca.corp.example"
sign ca 20250101000000Z 20351231000000Z -selfsign -keyfile ca.key
request good "/C=XX/O=Example Hosting/CN=*.example" "DNS:*.example,DNS:example.com,DNS:*.example.com"
sign good 20260301000000Z 20270301000000Z -cert ca.crt -keyfile ca.key
request corp "/C=XX/O=Corp/CN=www.corp.example" "DNS:www.corp.example,DNS:api.corp.example"
sign corp 20260301000000Z 20270301000000Z -cert ca.crt -keyfile ca.key
request expired "/C=XX/O=Forgotten/CN=expired.forgotten.example" "DNS:expired.forgotten.example"
sign expired 20240101000000Z 20250401000000Z -cert ca.crt -keyfile ca.key
request selfsigned "/C=XX/O=Hobby/CN=selfsigned.hobby.example" "DNS:selfsigned.hobby.example"
sign selfsigned 20260101000000Z 20280101000000Z -selfsign -keyfile selfsigned.key
request widgits "/C=AU/O=Internet Widgits Pty Ltd/CN=localhost" "DNS:localhost"
sign widgits 20260501000000Z 20360501000000Z -selfsign -keyfile widgits.key
