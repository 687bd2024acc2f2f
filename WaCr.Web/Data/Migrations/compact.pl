#!/usr/bin/env perl
# Joins what `dotnet ef` breaks over many lines: generated code is half as long so, and nobody edits it by hand.
use strict;
use warnings;

for my $file (@ARGV) {
    open(my $in, '<', $file) or die "$file: $!";
    my $text = do { local $/; <$in> };
    close $in;
    $text =~ s/^\xef\xbb\xbf//;
    $text =~ s/\r\n/\n/g;
    $text =~ s/\n\s+\.(?=[A-Z])/./g;                                # chained calls
    $text =~ s/([(,])\n\s+(?=(?:name|table|column|columns|schema|type|unique|filter|nullable|defaultValue|maxLength|oldType|oldMaxLength|oldNullable|descending|principalTable|principalColumn|principalColumns|onDelete|newName|rowVersion|unicode|fixedLength): )/$1 eq '(' ? '(' : ', '/ge;
    $text =~ s/(\w)\(\n\s+("[^"\n]*")/$1($2/g;
    $text =~ s/;\n\n(?=\s+(?:b|b1|modelBuilder|migrationBuilder)\b)/;\n/g;   # blank lines between statements
    $text =~ s/=>( new|)\n\s+\{/=>$1 {/g;                              # opening braces
    $text =~ s/\},\n(\s+)constraints/},\n$1constraints/g;
    open(my $out, '>', $file) or die "$file: $!";
    print $out $text;
    close $out;
}
