<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>Terraloom</name>
    <message>
      <source>Segment land use…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Apply a model…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set up environment…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check environment…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Terraloom needs its own Python environment.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set up…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A Python 3.11 to 3.13 that “Set up environment” offers. Empty: one is looked for.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Python interpreter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder of the environment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>State</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ready ({tier}), with Python {version} at {python}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set up</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Map</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Apply a model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>onnx,deep learning,neural network,inference,prediction,classification,segmentation,regression,raster</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Runs a network in ONNX form over an image and writes its map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Runs a network over an image of any size and writes what it predicts: a class map for semantic segmentation, a map of values for regression.

Use it for a network of your own, given as an .onnx file with its model card inside, or for any installed model. For land use, “Segment land use” adds the steps that make a map of it.

Images in another resolution or coordinate system are brought to the model's on the fly. Pixels without data stay without. Class maps come with the model's names and colours; polygons, a table of areas, the confidence and the probability of each class are made only when you ask for them.

The network runs outside QGIS, in the Python environment that “Set up environment” makes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Prediction</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Class polygons</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Class areas</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check environment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>environment,python,onnxruntime,cuda,gpu,device,version,diagnose,problem,deep learning</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reports versions, devices and problems of Terraloom's Python environment.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looks at the Python environment in which Terraloom's networks run and reports the versions of its packages, the devices that really computed something, the free disk and memory, and each problem together with what mends it.

Add the report when you ask for help. Models of the graphical modeler can branch on PROBLEMS, the number of problems found.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Number of problems</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show model information</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>onnx,model card,stac,mlm,metadata,classes,accuracy,licence,deep learning</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tells what a model reads, what it predicts and how well it was tested.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tells what is known of a model: the bands and the pixel size that it reads, the classes that it predicts, what it was trained on, how well it did on places it had not seen, and its licence.

The report is a page to read; the card is the same as JSON, in the form of the STAC extension for machine-learning models (MLM).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model card</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>JSON files (*.json)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No result is asked for. Choose REPORT, CARD or both.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Segment land use</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>land use,land cover,lulc,classification,semantic segmentation,deep learning,aerial,satellite,orthophoto</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes a land-use map of an aerial or satellite image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes a land-use map of an aerial or satellite image: each pixel gets the class that the model finds most likely, seen in its surroundings.

The result is a class raster with the model's names and colours and, when you ask for them, polygons that share their boundaries without gaps, a table of the area of each class, the confidence, and the probability of each class.

The image should resemble what the model was trained on; “Show model information” tells its bands, pixel size and how well it did on places it had not seen. Other resolutions and coordinate systems are brought to the model's on the fly.

“Smallest area” removes speckle: smaller areas join their largest neighbour. “Smoothing” takes details of about that size out of the polygons' boundaries.

The network runs outside QGIS, in the Python environment that “Set up environment” makes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Smallest area (m²)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Areas smaller than this join their largest neighbour. 0 keeps every pixel.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Smoothing of the polygons (m)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Details of polygon boundaries up to about this size are cut off; neighbours keep sharing their boundary. 0 keeps the pixel edges.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Land use</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Land-use polygons</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Land-use areas</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set up environment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>environment,python,install,installation,onnxruntime,torch,pip,offline,repair</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes the Python environment in which Terraloom's networks run. Needed once.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes the Python environment in which Terraloom's networks run. It is needed once, before the first map, and again when a new version of Terraloom says so.

The environment is a folder of its own outside QGIS and outside the plugin: QGIS's Python is not touched, and an update of the plugin keeps it. Packages come from the Python package index, through the proxy of QGIS's settings, in fixed versions.

“run” is enough to make maps (about 640 MB). “learn” adds what training needs.

On a machine without a network, give a folder of wheels. If you keep an environment of your own, for example of conda, give its interpreter: where it has all packages it is used as it is, and nothing is installed into it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Packages (run: to make maps; learn: to train models as well)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>run: applying models. learn: that, and training them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All files (*)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A Python 3.11 to 3.13 to use, or one that has the packages already. Empty: one is looked for on this machine.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder of wheels, to install without a network</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A folder with the wheel files of all packages, for machines without a network.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Repair: make it anew</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes the environment anew even where nothing seems wrong with it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancelled.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{percent:.0f} % done, {speed:.2f} Mpx/s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is {path}, which QGIS cannot open as a raster. Check the path, or choose another layer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no input raster. Choose at least one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is {path}, which QGIS cannot open as a vector layer. Check the path, or choose another layer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} cannot be read: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No result is asked for. Choose at least one output, for example OUTPUT.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DEVICE is {found}; it must be auto, cpu, or cuda:0 and so on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no model file {path}. Check MODEL_FILE.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>MODEL_FILE is {path}; it must be a network in ONNX form (.onnx).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The extent cannot be brought to the coordinate system of {layer}: {reason} Choose another extent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{first} and {second} are the same file, {path}. Give each output a name of its own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is {path}, which is also an input. Choose another name, or the input would be lost.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} cannot be written as {found}. Use a name that ends in {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} should go to the folder {folder}, which does not exist. Create it or choose another.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} should go to the folder {folder}, which you may not write to. Choose another.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One of the installed models. “Show model information” tells what each was trained on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model file, instead of an installed model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An .onnx file with its model card inside. If given, the installed model above is not used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One raster, or several of the same kind that are taken as a mosaic; where they overlap, the earlier one shows. Layers of a map server work too, within an extent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Extent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only this rectangle is computed. Empty: the whole image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mask polygons</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only the area of these polygons is computed; outside there is no data. Empty: everywhere.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bands (model band=raster band)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which raster band feeds which band of the model, for example red=3;green=2;blue=1. Empty: by name, otherwise in order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Scaling of raw values (band=factor,offset)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What turns the raster's values into those the model was trained on, for example *=0.0255 for all bands, or red=0.0255,12 with an offset. Empty: as the model card says.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Grid of the results</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>input: the results lie on the pixels of the first image. model: they stay at the resolution that the model works at.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tile size in pixels (0: automatic)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Side of the tiles the image is cut into. It changes memory and speed, not the result.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Device</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>auto, cpu, or cuda:0 for the first graphics card. The log names what was really used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Threads (0: all)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Processor threads the network may use.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One polygon for each connected area, with class, name, area and mean confidence.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A table: pixels, hectares and share of each class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Confidence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How sure the network is of the class that it chose, from 0 to 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Probabilities</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The probability of each class, one band a class, from 0 to 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Report</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>HTML files (*.html)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{layer} is no file but comes from a server that draws any part of the world. Set EXTENT to the part that you want.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The extent lies outside {layer}. Choose one that covers it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{layer} comes from a server, and the extent would take {columns} x {rows} pixels of it; at most {limit} million are fetched. Choose a smaller extent, or save the layer to a file first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{layer} is fetched from its server: {columns} x {rows} pixels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{layer} comes from a server at any resolution, and the model states none. Save the layer to a file at the pixel size that the model needs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{layer} shows nothing within the extent. Check that its server answers, or choose another extent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{share:.1%} of the picture of {layer} is empty; if that is not so in QGIS, run it again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{layer} cannot be fetched from its server: {reason}. Try again, or save the layer to a file first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Terraloom's environment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The mask {path} cannot be read: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The mask {path} holds no polygon.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The mask {path} lies outside the input, or outside the extent. Choose one that overlaps it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The raster holds numbers of palette colours, not measurements. Turn it into red, green and blue bands first (GDAL: PCT to RGB).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model expects {expected} bands ({names}); the layer has {found}. Choose another layer or map the bands, for example BANDS = {example}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>BANDS names input {found}; this model has one input, 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>BANDS names a band {band}; the model has {names}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>BANDS asks for raster band {asked}; the layer has the bands {found}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a segmentation without classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network mapped {speed:.2f} Mpx/s.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name}: {hectares:.2f} ha, {percent:.1f} %</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The class map consists of {areas} separate areas; joining or tracing them takes about {needed:.0f} GB of memory. If that is more than there is, choose a smaller EXTENT, or leave out POLYGONS and set MIN_AREA to 0.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An installation into {folder} was interrupted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is cleared away when "Set up environment" runs next.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The environment is a Python of your own; nothing was installed into it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Terraloom was tested with other versions of: {packages}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The packages for learning are not installed; only training and explaining need them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Run "Set up environment" with TIER = learn.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Run "Set up environment" with REPAIR.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The environment for {tier} is ready: Python {version}, {python}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model is not offered. Replace its folder by a fresh copy, or remove it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{free} GB are free for {folder}; installing takes {wanted} GB.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Free some space, or set TERRALOOM_HOME to a folder on another disk.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{free} GB are free for {folder}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The computer has {memory} GB of memory, which is little.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a small TILE_SIZE and small extents.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The computer has {memory} GB of memory.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>WHEELS is {folder}, which is not a folder. Choose the folder of wheels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There was nothing to do.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is not used as it is, but to make a private environment from.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Making an environment with Python {version}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} packages were installed in {seconds} seconds.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{python} cannot make an environment in {folder}: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>pip: {line}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The disk is full. Free some space (run needs 1 GB, learn 3 GB), or set TERRALOOM_HOME to a folder on another disk. pip's last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The proxy refuses the installer. Check Settings &gt; Options &gt; Network in QGIS, or install from a folder of wheels (WHEELS). pip's last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The connection is not trusted, as happens behind a proxy that inspects traffic. Set PIP_CERT to your organisation's certificate file, or install from a folder of wheels (WHEELS). pip's last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The package index cannot be reached. Check the network, or install from a folder of wheels (WHEELS). pip's last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The folder of wheels {wheels} is incomplete for this Python and system. pip's last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The packages cannot be installed. pip's last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{python} does not run as a Python: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{python} is Python {version}; needed is one of {wanted}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{python} is {build}; needed is cpython of 64 bits.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{python} cannot make environments, it lacks {missing}. On Debian, install python3-venv.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No suitable Python was found on this computer; fetching one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>uv: {line}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No suitable Python was found on this computer, and none could be fetched. Install Python {version} and try again. The last words of uv:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{python} cannot import the packages: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>These packages are missing or unfit: {packages}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{folder} cannot be replaced: {reason}. Close other windows of QGIS; if that does not help, set TERRALOOM_HOME to a folder that you may write to.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{python}, the Python of Terraloom's environment, is gone. Run "Set up environment" with REPAIR.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The packages for learning are not installed. Run "Set up environment" with TIER = learn.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This version of Terraloom needs other packages than its environment holds. Run "Set up environment" with TIER = {tier}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Terraloom has no Python environment yet. Run "Set up environment" once.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} has ground control points but is not rectified. Warp it first (GDAL: Warp projections).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Some inputs have a coordinate reference system and some have none. Assign the missing ones.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The inputs lie so far apart that their mosaic would have {width} x {height} pixels. Run them one by one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The coordinate system of the extent, {crs}, is unknown.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The extent lies outside the input. Choose one that overlaps it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network in {path} cannot be loaded: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DEVICE is {device}, but onnxruntime could not use it and fell back to {found}. Run 'Check environment', or set DEVICE to auto or cpu.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The GPU could not be used; the network runs on the processor.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model {title} ({model}) runs on {provider} with {threads} threads, onnxruntime {version}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network cannot be run on a tile of {rows} x {cols} px: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network turned a tile of {rows} x {cols} px into an array of shape {found}; expected were {channels} channels of the tile's size. Models of other shapes come in a later version.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} reads {found} rasters. Models with several inputs come in a later version.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} takes tiles of the fixed shape {shape}. Only networks for any tile size run in this version; export it with dynamic height and width.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} takes {type} in batches of {batch}. This version runs networks for one tile of 32-bit floats.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network in {path} reads {found} bands, its card says {expected} ({names}). The file is damaged or its card belongs to another model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no file {path}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is not a valid ONNX file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} has no Terraloom card. Models of other tools come in a later version.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DEVICE is {device}, but the environment's onnxruntime offers only {available}. Set DEVICE to auto or cpu.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DEVICE is {device}; it must be auto, cpu or cuda:N (as in cuda:0).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} computes values, not classes: it gives OUTPUT only. Leave the other outputs empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The worker runs Python {version} with {packages}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{library} computed a test on {device} correctly in {milliseconds} ms.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{library} offers {device}, but a test on it failed: {fault}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Update the driver of the device, or choose DEVICE = cpu. If it is the CPU that fails, run "Set up environment" with REPAIR.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model}: {title}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Class {name} has the value {value}; values must lie between 0 and 254.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Class {name} has the colour {colour}; colours are written #rrggbb.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Two classes share one value: {values}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Band {band} of the model card has no positive standard deviation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model card names the activation {found}; it must be one of {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model card of {model} has a stride, receptive field or temperature that cannot be.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model card of {model} names no input.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model card of {model} names no classes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model card of {model} has {found} classes; under a sigmoid there must be two, the second of which the network scores.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model card cannot be read: {reason}. Use a model that was exported with its card.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model card is not valid JSON: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is not a usable model card. {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>value_scaling must be one z-score per band</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No model is installed for this task. Give a network of your own as MODEL_FILE.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no model {model} for this task. Installed are: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} could not be written: {reason}. Is the disk full?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In {count} pixels the network gave no number; there the result holds nothing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} was changed or deleted while it was being read. The result was discarded; start again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} cannot be opened as a raster: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} holds complex values. Compute amplitude or intensity from it first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} cannot be read: {reason}. The file may be damaged, changed or deleted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} holds {bands} ({type}), and {first} holds {first_bands} ({first_type}). Rasters of one mosaic must be alike.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} must be brought to another pixel size or coordinate system, but it has 64-bit integers or different nodata values in its bands. Convert it first (GDAL: Translate).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>BANDS gives band {band} the value {found}; it takes the number of a raster band, from 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SCALE gives band {band} the value {found}; it takes a factor, or factor,offset.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{parameter} has the entry {found}, which is not of the form band=value, as in {example}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The extent is empty. Choose one that covers part of the input.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>GRID is {found}; it must be input or model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>TILE_SIZE and THREADS cannot be negative; 0 means automatic.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>MIN_AREA and SMOOTH cannot be negative; 0 leaves the result as it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SCALE names band {band} of input {input}; the model has one input with {names}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The values lie between {found_low:.4g} and {found_high:.4g}; the model expects {low:g} to {high:g}. If they are right as they are, set SCALE to *=1; if not, say how they become that, for example SCALE = {scale}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The raster has no coordinate reference system with a place on Earth: its pixels are taken as they are, one map unit counts as a metre.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The image is warped to pixels of {resolution:.3g} m for the model ({crs}), {width} x {height}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The pixels of the image are {size:.3g} m wide; {model} looks for what shows at {wanted:g} m or finer. Choose a finer image or another model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The pixels of the image are {size:.3g} m wide; {model} was trained on {wanted:g} m or finer. Do not expect much of the map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} is a model for {task}; here run models for {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} looks at the whole image at once ({operations}). Such models come in a later version.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The tile size is {found} px; it must be at least 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} has an ending that cannot be written. Choose one of {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>only a part of it was stored</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Peak memory of the worker: {memory_mb} MB.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The worker knows no task {task}. Restart QGIS.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{python}, the Python of Terraloom's environment, cannot be started: {reason}. Run "Set up environment" with REPAIR.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{traceback}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The worker has ended already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The worker did not answer within {seconds} seconds. Try again; if the computer is not merely busy, run "Set up environment" with REPAIR. Its last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Terraloom was changed while QGIS was running: QGIS holds version {held}, the worker is {found}. Restart QGIS.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The worker said something unintelligible: "{line}". Something prints as its Python starts, or another program answers. Run "Set up environment" with REPAIR.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancelled too late: the results were already in place: {files}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The worker was started without pipes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The environment of Terraloom is damaged or incomplete: {reason}. Run "Set up environment" with REPAIR.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Memory ran out: {reason}. Choose a smaller TILE_SIZE or extent, leave out polygons, or close other programs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The disk of {folder} is full. Free some space, or choose another folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Writing into {folder} failed: its disk is full or not there any more. Free some space, or choose another folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An unexpected fault, which is worth reporting: {type}: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A part of Terraloom's environment cannot be loaded. Run "Set up environment" with REPAIR. The worker's last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The worker was killed, most likely because memory ran out. Choose a smaller TILE_SIZE or extent, leave out polygons, or close other programs. Its last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The worker crashed inside a library (exit code {exit_code}). Try DEVICE = cpu; if that does not help, run "Set up environment" with REPAIR. Its last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The worker ended unexpectedly with exit code {exit_code}. Its last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is an input. Choose another name for the result.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The result {path} would replace {file}, which belongs to the input {source}. Choose another name for the result.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Two results have the name {path}. Choose different names.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Two results would share the style file {path}. Choose different names, or .gpkg for polygons.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} cannot be written: {reason}. Choose a folder that exists and that you may write to.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} cannot be replaced: {reason}. Close the program that has it open or choose another name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is a folder. Choose another name for the result.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is open in another program, whose last changes still lie in {log}. Close it there, or choose another name.</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
