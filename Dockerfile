# An image with ecrgen as a static program, and git for `check --base` and `tag`. Build it with: docker build --tag ecrgen .
FROM rust:1.95-alpine AS build
WORKDIR /ecrgen
COPY Cargo.toml Cargo.lock ./
COPY src src
COPY templates templates
COPY benches benches
COPY tests/skipped.rs tests/skipped.rs
RUN cargo build --release --locked --bin ecrgen

FROM alpine:3.23
# The repositories of Alpine keep only the newest version of a package.
# hadolint ignore=DL3018
RUN apk add --no-cache git \
    && adduser -D -u 65532 ecrgen \
    # The user of the image does not own the repositories that are mounted or cloned into it.
    && git config --system --add safe.directory '*'
COPY --from=build /ecrgen/target/release/ecrgen /usr/local/bin/ecrgen
COPY LICENSE-APACHE LICENSE-MIT /usr/share/doc/ecrgen/
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["ecrgen"]
