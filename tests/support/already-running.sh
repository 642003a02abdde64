#!/bin/sh
# Stands for a server that a test has started by itself: the SDK insists on starting one, and finds the port answering.
exec sleep 3600
