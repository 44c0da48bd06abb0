#!/bin/sh
# Gives ssh a wrong password.
echo guess
