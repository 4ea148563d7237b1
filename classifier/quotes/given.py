"""More first names, by which pronouns find the people whom they mean; besides those of ``data/speech.tsv``."""

from typing import Final

_WOMEN: Final = """
abbie abena abi achieng adaeze adaobi addison adriana aggie agneta aigul aileen ailsa aimee aine aisling akosua akua
alana alba alejandra aleksandra alexa alia alisa alisha alix aliyah allison aluna alyssa amaka amara amie aminata
amirah amra amélie anaïs andrina angelica angie anika anja anjali annabel annabelle anne-marie anneke anneliese
annelise annie anouk anthea antoinette aoife araminta ariana arlene ashleigh asunción atieno aud aurelia aurélie ava
avril awa ayaan ayanda azra babs bea becca beccy berit bernadine berta bertha bess bessie betty-ann bev beverley birte
blanche boglarka bonnie brenda briana brianna bridie briony britta bronwen brunhilde bryony bukola caitlin caitríona
camilla candace candice carin carina carly carmel carole carolyn carrie cass cassandra cassie celeste celine chandra
chanel chantelle charlene charmaine cherie cheryl chiamaka chidinma chinwe chioma chrissie christa christiane christie
ciara clarissa claudette clementine coleen concepción consuelo cordelia corinne cornelia coumba cressida céline dalia
dani danica daniella daphne davina deb debbie debra deepa deidre deirdre delia delphine demi desirée dilnoza dilys
dimitra dolly donatella doreen dorota dorothea dympna ebba ebele edna effie efua eilidh eilish ekaterina elaina
eleonora elin eliza elle ellie elspeth elvira emer emese emmeline emmy enid erin ermintrude erzsébet esi esme esmé
esperanza estelle etta eugenia eugenie eunice evangeline evie ewelina fabienne fanny farah farida fatoumata faye
felicity fidelma filippa fionnuala flavia fleur flo floriane florrie folake fran françoise frederica frieda gabriella
galina gayle geeta geneviève georgie georgina geraldine gerda germaine gertie ghislaine gigi gill ginny gisela giselle
gladys glenda glenys glynis greer gretchen gráinne gudrun guinevere gulnara gunhild gurbachan gwendolyn gwyneth hadiza
hala haley hallie hana hanne hannelore hatice hattie haya hayley hedda hedwig heike heléna henrike hermione hester
hettie hildegard hillary hind hortense hélène ildiko ildikó imani imogen inez ingebjørg ingeborg ingela inger iona
ione irena irma isobel izzy jacinta jackie janelle janette janina janine jayne jaz jeanette jeanne jemma jen jenni
jennie jessie jette jo-ann joana joanie jocasta jodi jolene jools josefina josie judi juliette juno justyna kaitlyn
kamala kara karla karolina kasia kat katerina kath kathrine kathy katia katinka katya kavita kaye kaylee keeley keira
keisha kelly-ann kelsey kendra keziah khady kiera kiki kimberley kimberly kirsteen kirstie kirsty klara kristen
kristin kristine krystyna kylie lacey laila lakshmi lana lavinia layan lea leanne leonora lerato lesley letitia lettie
lexi leyla liane libby lidia lieke lila liliana lillie lina lindsey linnea lisbeth livia liza lizzie lorena loretta
lotte lottie lou-ann louisa lourdes luana luciana lucie lucille lucinda lulu luz lynda lynette lynsey mabel maddie
madeline madison mae maggie mahnaz maia maisie malak malala malgorzata malin manon mara marcela marcia mared margareta
margaux margery margit margo marguerite mariama marian marie-claire mariella marietta marika marilyn marisa marisol
marit marita marlene marsha mary-ann maryam matilde maude maura mavis maxine meera meredith merete meryl mette
michaela michele millicent millie mimi mina minna minnie mira miranda morag morwenna munira myra myriam myrtle
nadezhda nan nanette nargis ndeye nellie nessa ngozi nia niamh nicky nieves nilufar nirmala njeri noelle noemi nomsa
nomvula noreen nour nyasha octavia odette odile olwen oonagh ophelia oriana ottilie ottoline palesa pam paola patsy
patti paulette paulina peggy perpetua peta philomena pia pilar pippa poppy portia prisca priti rachael radhika
ragnhild rahel ramona randi raquel rasa rebekah reem reka rekha remedios rena renate reni renée rhea rhian rhiannon
rhoda rhonda ria riitta robyn rochelle rocio roisin rosalie rosamund rosanna roseanne rosemarie rosie roslyn rowena
roxana roxanne rukhsana rukmini ruthanne róisín sabina sadia sadie saffron salma salwa sanna saoirse selena selina
selma serena severine shaila shania shauna sheena shelagh shelley sherry shona sian sibyl silke simona sindhu sinéad
siobhán siri sofie solenn solvei solveig sonya stacey stefania steffi steph sukhi sunita sunniva susana susannah susie
suzanne suzie swati sybil sylvie tabitha talia tamar tamsin tegan temitope tess thandi thandiwe thelma theodora
thérèse tiffany tiggy tilda tilly torill tova tove tracy-ann trine trish trisha trixie trudi tsiala turid ulla ulrike
usha valeria verna veronika vicki vicky viktoria virginie viv vivien vivienne véronique wambui wanjiru wenche whitney
wilma winifred winnie xanthe yael yana yasmina yasmine yelena yetunde ylva yulia yusra yvette zadie zanele zarina
zaynab zehra zelda zena zofia zoya zoë zsuzsa zsófia
"""
_MEN: Final = """
abdi abel abu ade adebayo adrian aengus ahmet ainsley aksel alain alasdair alastair albin alden aldo alec aled aleks
alessio alf algernon alistair alister alon alonso alun alvin amadou amar amos anand anas andor andrzej andrés anibal
anil ansel antal anto anwar archibald arif arjun arkady arlo armand armando armin arnaud arne arno aron arsène arturo
arvid asger aslan attila atul aubrey auden augustin augustus avi avrom ayub aziz balázs baptiste barnaby barney barrie
barrington bartholomew bartosz bas bashir bassam bastian baz bela benedikt benito benny benoît bent bernie bert bertie
bevan bilal bjarne björn blair bobby bogdan bohdan bongani brad bradley bram brandon brendon brent brett brice bryce
bryn burt byron cal caleb callum calum cameron carey carlo carlton carsten cathal chad chaim charley chas chester
chidi chinedu chukwu cian ciarán clark claudio clayton cleotis clifford clint clinton clyde cody colm conal connor
conrad corey cormac cornelius cory cosmo costas crispin curt curtis cuthbert cyrus dag dale dalton damon dane danilo
dario darius darryl daryl davey davide davy dawid del delroy demetrius demir denny denys deon des deshawn detlef devin
devon dexter didier digby dilip dinesh dion djibril dmitri dmytro domenico dominik donagh donncha donny doug dougie
doyle duane dudley dusan dustin dwayne dwight eben ebenezer ebo eddy edmond edmund edvard eetu efrain egon eino eli
elias elijah elio eliot elliot elliott ellis elmer elton elvis elwyn emeka emile emilio emmett emre ennio enoch enzo
erhard erland erling ermanno ernie errol erwan erwin esteban ethan eugène eusebio evander everett ewan ewen ezekiel
ezra fabian fabrice fabrizio fadi faisal farai farhad farouk fausto federico fela femi ferenc fergal fergus fermín
fidel filippo fintan fletcher florent florian forrest francesco franco fraser freddie freddy fredrik fritz frédéric
fyodor gabe gabor gabriel gael ganesh garrett garry garth gaspard gaston geoff geordie georgi georgy geraint gergely
germán gerold gerry gianluca gianni gil gilberto gino gle glen glyn gonzalo gottfried graeme griff grigory grégoire
guido guillermo gunther gurpreet gus gustaf gustavo gwilym gyorgy götz günter haakon habib hakan hank hari harish
harrold haruto harvey hashim hayden heiko heinz hendrik henning henrique herb hermann hernán hervé hideo hilton hiram
holger homer horace horacio horatio huey hughie huw hyman håkan iago iain idris iestyn ignacio ike ilie ilyas imad
imre innes ioan irvin irving irwin isaak isidore ismael issa istvan ivar ivo iván iñigo jabari jace jacek jago jakob
jakub jamal janek janusz jarek jari jarvis javed jed jem jeremiah jerry jerzy jesper jesse jesús jethro jitendra
joachim joakim joaquín joey johann johnnie jon jonah jordi jos josh josiah judah judd julien julio jun jörg kabir
kalle kamau kane kareem karel karol karthik kasper kaveh keir kelvin kendrick kenny kerem khalil kieran kiprono kirk
kjell knut kojo kris krish kristian kristof krzysztof kunle kwabena kwaku kwesi kyle lachlan ladislav lamar lamont
lanre larry lasse laszlo laurent laurie leif lenny leonardo les lester lev levent levi lewis lex linus lloyd logan
lonnie lorcan loren lothar louie lowell luc lucian luciano lucien ludovic ludwig lukasz luther lyle lyndon lászló
maciej mack mahesh maks malachy mandla manny manoj manolo marat marc marcello marcin marcos marek mariano marin marius
marlon martijn marty marwan mateusz mathias mathieu mats matt matthieu matti mauricio mauro maxim mehdi melvin mervyn
micah michal mick mickey mihai mikael mikko miklos milos milton mirko mitch mitchell moe moncef moritz mort moshe
murdo murray murtaza mwangi myles nabil nadeem naeem nahum nathaniel naveed ned neville niall nico nicolae nicolás
nikhil niklas nikola nils nitin nizar noel nolan norbert norris obinna ochieng olav ole oleksandr orhan orson orville
osama ossie oswald otieno otis ousmane owain packie paddy panos patricio patrik paulo peer percival percy petros phil
phillip piers piet pietro povilas prakash quincy quinn rab radek rafal raffaele rafi raheem rajiv ralf ramón randal
randall randolph raoul raphael rashad rasmus raul ravi rayyan raz reece reg reggie reinhold remi reuben reza rhodri
rhys riccardo richie ricky rico robbie rocco roddy roderick rodolfo rohan rohit romeo ronaldo ronan ronnie ronny
royston ruairi rubén rudi rudy rune russ rustam ruud rémy salvatore sammy samson sandro sanjar sanjeev scott sef segun
selim selwyn seth seán shahid shamus shaun shawn siegfried sigurd silas silvio simeon sipho somchai soren sorin spiros
stan steffen stephan stephane stevie sunil suresh svein syd sylvester sébastien søren tadeusz taj takeshi tamas tarek
tariq tarquin teddy tendai teo terrance terrell tesfaye thabo thaddeus thanos theodor thibault thierry thorsten tiago
tibor timo tino titus tod tommaso tomás torben torsten travis trent troy truman tunde tyler tyrone ugo ulf ulrich
umberto uri uriah uwe vaclav valentino valery vaughan venkat vern vic vicente vikram vincenzo virgil vitali vito
vittorio vivek vlad volker wael waldemar wally walt wendell wes wesley wilbur wilf willi willie willy wojciech wyatt
yanis yann yasin yaw yiannis yitzhak yossi yves zac zach zack zaid zane zbigniew zdeněk zeke ziad zoltán zubair íñigo
"""

MORE_WOMEN: Final = frozenset(_WOMEN.split())
MORE_MEN: Final = frozenset(_MEN.split())
