package io.netsentinel.queuing;

/// Somebody's wish that the data of one subject is removed.
///
/// @param id the number it is known by: in the audit trail it stands for the subject, which must
///   not stand there
/// @param subject whose data
public record PurgeRequest(String id, PurgeSubject subject) {}
