<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Intake</name>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SKU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is to be said</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No row of the sheet speaks of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With a row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without a row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unusable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is wrong with files and rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the batch is called; one of that name gets a number behind it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whose photos these are; a row of the sheet may say otherwise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a sheet…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A table (CSV) with file, SKU, category and tags of each photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show only these</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos of this drop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the photos into the studio and process them  (Return)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add nothing  (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add and process</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the sheet of these photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading %Ln headers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add %Ln photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no photo here; choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What cannot be used is listed among the rejected, with its sentence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The originals are copied and never changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No sheet.csv beside the photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows from {names}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another sheet…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} and {more} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%Ln photos in {where}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at {where}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Look and language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark grey</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mid grey</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All greys are neutral, so that colours can be judged beside them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window&apos;s language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system&apos;s language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing moves, blinks or fades by itself; messages stay until clicked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The language changes when Whitepoint is started again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings of the studio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No setting has this in its name or description.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the shipped value of {key}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the shipped value: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks through names and descriptions of all settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the changes into the studio&apos;s {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the settings  (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved. New images are made with it; the window itself takes it up when restarted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not saved yet. Save it, or close once more to drop it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Open a folder of product photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The logs lie in {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A mistake in this program was noted in {file}; the menu shows its folder.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
