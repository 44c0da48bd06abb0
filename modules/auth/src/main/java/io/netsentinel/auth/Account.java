package io.netsentinel.auth;

/// Somebody as an identity provider knows them. Names can be changed and given to others there;
/// this pair cannot.
///
/// @param issuer the provider's address
/// @param subject what it calls them (`sub`)
public record Account(String issuer, String subject) {}
