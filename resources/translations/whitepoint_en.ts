<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>%Ln gates failed</source>
        <translation>
            <numerusform>%Ln gate failed</numerusform>
            <numerusform>%Ln gates failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new</source>
        <translation>
            <numerusform>%Ln new</numerusform>
            <numerusform>%Ln new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{folder} is watched, %Ln new images so far; press to stop</source>
        <translation>
            <numerusform>{folder} is watched, %Ln new image so far; press to stop</numerusform>
            <numerusform>{folder} is watched, %Ln new images so far; press to stop</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Continue, %Ln waiting</source>
        <translation>
            <numerusform>Continue, %Ln waiting</numerusform>
            <numerusform>Continue, %Ln waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reading %Ln headers</source>
        <translation>
            <numerusform>Reading %Ln header</numerusform>
            <numerusform>Reading %Ln headers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %Ln photos</source>
        <translation>
            <numerusform>Add %Ln photo</numerusform>
            <numerusform>Add %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos in {where}</source>
        <translation>
            <numerusform>%Ln photo in {where}</numerusform>
            <numerusform>%Ln photos in {where}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln images wait</source>
        <translation>
            <numerusform>%Ln image waits</numerusform>
            <numerusform>%Ln images wait</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The middle of the last %Ln images; several are at work side by side.</source>
        <translation>
            <numerusform>Of the last image; several are at work side by side.</numerusform>
            <numerusform>The median of the last %Ln images; several are at work side by side.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln images failed</source>
        <translation>
            <numerusform>%Ln image failed</numerusform>
            <numerusform>%Ln images failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>“{batch}” arrived with %Ln images; it is in the list of batches.</source>
        <translation>
            <numerusform>“{batch}” arrived with %Ln image; it is in the list of batches.</numerusform>
            <numerusform>“{batch}” arrived with %Ln images; it is in the list of batches.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %Ln more.</source>
        <translation>
            <numerusform>And %Ln more.</numerusform>
            <numerusform>And %Ln more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files</source>
        <comment>finished</comment>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files do not pass.</source>
        <comment>finished</comment>
        <translation>
            <numerusform>%Ln file does not pass.</numerusform>
            <numerusform>%Ln files do not pass.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln images are approved and may leave</source>
        <translation>
            <numerusform>%Ln image is approved and may leave</numerusform>
            <numerusform>%Ln images are approved and may leave</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln have no name here yet</source>
        <translation>
            <numerusform>%Ln has no name here yet</numerusform>
            <numerusform>%Ln have no name here yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln images wait for the audit; they are in the review queue.</source>
        <translation>
            <numerusform>%Ln image waits for the audit; it is in the review queue.</numerusform>
            <numerusform>%Ln images wait for the audit; they are in the review queue.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <comment>steps of a repair by a person</comment>
        <translation>
            <numerusform>%Ln step</numerusform>
            <numerusform>%Ln steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln photos of this camera position</source>
        <translation>
            <numerusform>The one photo of this camera position</numerusform>
            <numerusform>All %Ln photos of this camera position</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copying, %Ln to go…</source>
        <translation>
            <numerusform>Copying, %Ln to go…</numerusform>
            <numerusform>Copying, %Ln to go…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln node(s)</source>
        <comment>nodes of a clipping path</comment>
        <translation>
            <numerusform>%Ln node</numerusform>
            <numerusform>%Ln nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <comment>marked in the picture</comment>
        <translation>
            <numerusform>%Ln place</numerusform>
            <numerusform>%Ln places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln border pixels are not 255</source>
        <translation>
            <numerusform>%Ln border pixel is not 255</numerusform>
            <numerusform>%Ln border pixels are not 255</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln separate pieces</source>
        <translation>
            <numerusform>%Ln piece</numerusform>
            <numerusform>%Ln separate pieces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln background pixels are not 255</source>
        <translation>
            <numerusform>%Ln background pixel is not 255</numerusform>
            <numerusform>%Ln background pixels are not 255</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln places</source>
        <translation>
            <numerusform>%Ln place</numerusform>
            <numerusform>%Ln places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln images wait for the audit</source>
        <translation>
            <numerusform>%Ln image waits for the audit</numerusform>
            <numerusform>%Ln images wait for the audit</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more were drawn: look at them</source>
        <translation>
            <numerusform>%Ln more was drawn: look at it</numerusform>
            <numerusform>%Ln more were drawn: look at them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln images wait again</source>
        <translation>
            <numerusform>%Ln image waits again</numerusform>
            <numerusform>%Ln images wait again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files are called back</source>
        <translation>
            <numerusform>%Ln file is called back</numerusform>
            <numerusform>%Ln files are called back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln earlier ones restored</source>
        <translation>
            <numerusform>%Ln earlier one restored</numerusform>
            <numerusform>%Ln earlier ones restored</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln earlier files are not in the studio; export them again</source>
        <translation>
            <numerusform>%Ln earlier file is not in the studio; export it again</numerusform>
            <numerusform>%Ln earlier files are not in the studio; export them again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files delivered</source>
        <translation>
            <numerusform>%Ln file delivered</numerusform>
            <numerusform>%Ln files delivered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files not delivered</source>
        <translation>
            <numerusform>%Ln file not delivered</numerusform>
            <numerusform>%Ln files not delivered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln images are back in the review queue</source>
        <translation>
            <numerusform>%Ln image is back in the review queue</numerusform>
            <numerusform>%Ln images are back in the review queue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln approved images wait for their wave</source>
        <translation>
            <numerusform>%Ln approved image waits for its wave</numerusform>
            <numerusform>%Ln approved images wait for their wave</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln images wait for a decision</source>
        <translation>
            <numerusform>%Ln image waits for a decision</numerusform>
            <numerusform>%Ln images wait for a decision</numerusform>
        </translation>
    </message>
</context>
</TS>
